package io.serverherd.operator.reconcile;

/**
 * A pod to replace now.
 *
 * @param server as in the spec
 * @param uid    of the pod: what was decided for this one must not hit its successor
 */
record Roll(String server, String pod, String uid) {}
