/**
 * Certificates of a herd's own authority: values in, values out. What is stored where is decided by the rooms around it.
 */
package io.serverherd.operator.pki;
