package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.certmanager.CertificateSpec;
import io.serverherd.operator.certmanager.CertificateSpec.PrivateKey;
import io.serverherd.operator.certmanager.CertificateSpec.SecretTemplate;
import io.serverherd.operator.certmanager.CertificateSpec.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate that cert-manager is to keep in a Secret: ECDSA P-256, with a new key each time it is renewed. */
final class IssuedCertificate {
    static final String SERVER_AUTH = "server auth";
    static final String CLIENT_AUTH = "client auth";

    private static final String SIGNATURE = "digital signature";
    /** 30 days, renewed when a third is left: as those that the operator makes. */
    private static final String LIFE = "720h0m0s";

    private static final String RENEWED_BEFORE = "240h0m0s";
    private static final PrivateKey KEY = new PrivateKey("ECDSA", 256, "PKCS8", "Always");

    private IssuedCertificate() {}

    /**
     * @param metadata     of the Certificate; the Secret has its name
     * @param secretLabels of the Secret, which is cert-manager's
     * @param uris         identities, may be none
     * @param purposes     {@link #SERVER_AUTH}, {@link #CLIENT_AUTH} or both
     */
    static Certificate of(
            ObjectMeta metadata,
            Map<String, String> secretLabels,
            List<String> uris,
            List<String> dnsNames,
            List<String> purposes,
            IssuerRef issuer) {
        Certificate certificate = new Certificate();
        certificate.setMetadata(metadata);
        certificate.setSpec(new CertificateSpec(
                metadata.getName(),
                new SecretTemplate(secretLabels),
                issuer,
                // Not empty, since not every issuer certifies nobody; who it is stands in the alternative names.
                new Subject(List.of("serverherd")),
                uris,
                dnsNames,
                Stream.concat(Stream.of(SIGNATURE), purposes.stream()).toList(),
                KEY,
                LIFE,
                RENEWED_BEFORE,
                // Or some versions of cert-manager keep every request there was.
                1));
        return certificate;
    }
}
