package io.serverherd.operator.desired;

/** The ports of a server; the operator and the node's image agree on them by the pod's environment. */
public final class Ports {
    public static final int ADMIN = 12200;
    static final int CLIENT = 12000;
    static final int PEER = 12100;
    static final String ADMIN_NAME = "admin";
    static final String CLIENT_NAME = "client";
    static final String PEER_NAME = "peer";

    private Ports() {}
}
