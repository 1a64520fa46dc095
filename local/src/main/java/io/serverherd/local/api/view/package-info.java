/** How objects are shown: as they are, as metadata only, or as the table that {@code kubectl get} prints. Pure. */
package io.serverherd.local.api.view;
