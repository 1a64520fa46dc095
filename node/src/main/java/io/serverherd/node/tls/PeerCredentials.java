package io.serverherd.node.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a server proves with who it is, and what it holds others' proofs against.
 *
 * @param chain           its own certificate, then those between it and a CA
 * @param authorities     the CAs that are trusted
 * @param certificateHash SHA-256 of the bytes of {@code tls.crt}, 64 lower-case hexadecimal digits
 * @param authoritiesHash the same of {@code ca.crt}
 */
public record PeerCredentials(
        PeerIdentity identity,
        List<X509Certificate> chain,
        PrivateKey key,
        Set<X509Certificate> authorities,
        String certificateHash,
        String authoritiesHash) {

    public PeerCredentials {
        chain = List.copyOf(chain);
        authorities = Set.copyOf(authorities);
    }

    /** When the server's own certificate ends. */
    public Instant notAfter() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PeerCredentials[" + identity + ", " + certificateHash + "]";
    }
}
