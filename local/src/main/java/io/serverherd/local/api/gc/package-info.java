/** What goes when something else has gone: owned objects, the contents of namespaces, the objects of a definition. */
package io.serverherd.local.api.gc;
