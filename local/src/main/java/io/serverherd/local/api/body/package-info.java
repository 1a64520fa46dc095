/** Request bodies: JSON, YAML and the protobuf that kubectl's create commands send, all to JSON trees. */
package io.serverherd.local.api.body;
