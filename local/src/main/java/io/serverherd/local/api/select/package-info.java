/** Label and field selectors as clients write them in a query. Pure. */
package io.serverherd.local.api.select;
