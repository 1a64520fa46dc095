/**
 * cert-manager's {@code Certificate}, as far as the operator writes and reads it: what somebody wants certified, and whether that
 * is done. The key and the certificate go into a Secret, which the operator does not look at.
 */
package io.serverherd.operator.certmanager;
