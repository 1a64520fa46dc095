package io.serverherd.node.tls;

/** TLS with one set of credentials. From any thread. */
public interface ServerTls {
    /** Which the other end is shown. */
    ServerCertificate certificate();
}
