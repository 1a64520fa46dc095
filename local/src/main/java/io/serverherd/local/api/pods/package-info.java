/** What only pods have: their logs, and connections to their ports. */
package io.serverherd.local.api.pods;
