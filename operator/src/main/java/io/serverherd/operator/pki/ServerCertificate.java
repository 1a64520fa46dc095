package io.serverherd.operator.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one server shows to its neighbours and whom it trusts, as the texts of the files it reads.
 *
 * @param certificate PEM
 * @param key         PEM
 * @param trust       PEM, one or more certificates
 */
public record ServerCertificate(String certificate, String key, String trust) {
    public static final String CERTIFICATE_FILE = "tls.crt";
    public static final String KEY_FILE = "tls.key";
    public static final String TRUST_FILE = "ca.crt";

    private static final int URI = 6;
    private static final int DNS = 2;

    /**
     * The server's certificate as it is, or a new one where it has none, or one that is damaged, of another, or soon over. It
     * always trusts what the authorities say now. One that ends with its authority is not renewed: a new one would end then too.
     *
     * @param data of the server's Secret; empty: it has none
     */
    public static ServerCertificate keptOrIssued(
            Map<String, String> data, ServerIdentity server, Authorities authorities, Instant now) {
        KeyedCertificate signing = authorities.signing().orElseThrow();
        Optional<KeyedCertificate> kept = KeyedCertificate.of(data.get(CERTIFICATE_FILE), data.get(KEY_FILE))
                .filter(own -> own.isSignedBy(signing.certificate()))
                .filter(own -> own.isValidAt(now) && (!own.isDueAt(now) || own.endsWith(signing)))
                .filter(own -> says(own.certificate(), server));
        return kept.isPresent()
                ? new ServerCertificate(data.get(CERTIFICATE_FILE), data.get(KEY_FILE), authorities.trust())
                : issued(Authority.issue(signing, server, now), authorities);
    }

    private static ServerCertificate issued(KeyedCertificate own, Authorities authorities) {
        return new ServerCertificate(own.certificateText(), own.keyText(), authorities.trust());
    }

    /** The files' names and texts. */
    public Map<String, String> data() {
        return Map.of(CERTIFICATE_FILE, certificate, KEY_FILE, key, TRUST_FILE, trust);
    }

    private static boolean says(X509Certificate certificate, ServerIdentity server) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .map(List::copyOf)
                            .collect(Collectors.toSet())
                            .equals(Set.of(List.of(URI, server.uri()), List.of(DNS, server.host())));
        } catch (CertificateParsingException damaged) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return certificate;
    }
}
