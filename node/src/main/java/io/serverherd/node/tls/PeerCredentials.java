package io.serverherd.node.tls;

import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * What a server proves to its neighbours with who it is, and what it holds others' proofs against.
 *
 * @param authorities     the CAs that are trusted
 * @param authoritiesHash SHA-256 of the bytes of {@code ca.crt}, 64 lower-case hexadecimal digits
 */
public record PeerCredentials(
        PeerIdentity identity, ServerCertificate own, Set<X509Certificate> authorities, String authoritiesHash) {

    public PeerCredentials {
        authorities = Set.copyOf(authorities);
    }
}
