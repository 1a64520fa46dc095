/** The kinds served: those the API has of its own, and those that definitions (CRDs) add and take away. */
package io.serverherd.local.api.kind;
