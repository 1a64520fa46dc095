package io.serverherd.node.tls;

import io.serverherd.node.config.ServerName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a certificate says its owner is: {@code spiffe://<trust domain>/ns/<namespace>/herd/<herd>/server/<server>}.
 *
 * @param herd   the URI up to {@code /server/}: the same of all servers of a herd, and of no others
 * @param server the server's name
 */
public record PeerIdentity(String herd, String server) {
    static final String GRAMMAR = "spiffe://DOMAIN/ns/NAMESPACE/herd/HERD/server/SERVER";

    private static final Pattern URI =
            Pattern.compile("(spiffe://[a-z0-9._-]+/ns/[A-Za-z0-9._-]+/herd/[A-Za-z0-9._-]+)/server/([A-Za-z0-9-]+)");

    /** A subject alternative name's kind. */
    private static final Integer UNIFORM_RESOURCE_IDENTIFIER = 6;

    /** Empty where the certificate names no server, or more than one identity: then it is not clear which counts. */
    static Optional<PeerIdentity> of(X509Certificate certificate) {
        List<String> uris = uris(certificate);
        return uris.size() == 1 ? parse(uris.get(0)) : Optional.empty();
    }

    private static Optional<PeerIdentity> parse(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches() && ServerName.isValid(parts.group(2))
                ? Optional.of(new PeerIdentity(parts.group(1), parts.group(2)))
                : Optional.empty();
    }

    private static List<String> uris(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> UNIFORM_RESOURCE_IDENTIFIER.equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return herd + "/server/" + server;
    }
}
