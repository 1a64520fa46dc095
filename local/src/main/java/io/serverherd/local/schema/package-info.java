/**
 * What an API server does with a custom resource before it stores it: pruning, defaulting, validation against the
 * structural schema of its definition, and the definition's CEL rules. Pure algorithms on JSON trees.
 */
package io.serverherd.local.schema;
