/**
 * What the API does to objects of its own kinds before it stores them: defaults, fields it fills in, and what may not
 * change. One class for each kind that needs any.
 */
package io.serverherd.local.api.admission;
