/** The watch verb: the store's log of changes as one client's stream of events. */
package io.serverherd.local.api.watch;
