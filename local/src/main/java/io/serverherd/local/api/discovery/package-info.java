/** What clients ask first: which groups, versions and kinds there are, and what their objects look like. */
package io.serverherd.local.api.discovery;
