/** The verbs: what each does to the store, and what it answers. Knows nothing of HTTP beyond the request's values. */
package io.serverherd.local.api.verb;
