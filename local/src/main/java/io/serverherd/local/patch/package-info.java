/**
 * The four patch types of an API server and the bookkeeping of who owns which field. Pure algorithms on JSON trees.
 */
package io.serverherd.local.patch;
