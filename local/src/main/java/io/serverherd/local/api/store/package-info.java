/**
 * Objects and their history: the CRUD store of kubernetes-server-mock, used in process, with a log of changes for
 * watches. Knows nothing of kinds, HTTP or rules.
 */
package io.serverherd.local.api.store;
