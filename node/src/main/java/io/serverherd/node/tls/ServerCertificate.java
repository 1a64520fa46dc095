package io.serverherd.node.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a server shows of itself, and the key to it.
 *
 * @param chain its own certificate, then those between it and a CA
 * @param hash  SHA-256 of the bytes of {@code tls.crt}, 64 lower-case hexadecimal digits
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key, String hash) {
    /** Where TLS' contexts keep the key, in memory: what is usual hides it behind a password that it hashes 10,000 times. */
    static final String KEY_STORE = "JKS";

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** When the server's own certificate ends. */
    public Instant notAfter() {
        return chain.get(0).getNotAfter().toInstant();
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + hash + "]";
    }
}
