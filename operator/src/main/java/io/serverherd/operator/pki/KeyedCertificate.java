package io.serverherd.operator.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A certificate and the private key to it. */
public record KeyedCertificate(X509Certificate certificate, PrivateKey key) {
    static final String SIGNATURE = "SHA256withECDSA";

    /** Empty where something is missing or damaged, or one does not belong to the other. */
    static Optional<KeyedCertificate> of(String certificateText, String keyText) {
        List<X509Certificate> certificates = Pem.certificates(certificateText);
        return Pem.key(keyText)
                .filter(key -> !certificates.isEmpty() && belong(key, certificates.get(0)))
                .map(key -> new KeyedCertificate(certificates.get(0), key));
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        byte[] sample = new byte[32];
        new SecureRandom().nextBytes(sample);
        try {
            Signature signature = Signature.getInstance(SIGNATURE);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException notOurs) {
            return false;
        }
    }

    String certificateText() {
        return Pem.of(certificate);
    }

    String keyText() {
        return Pem.of(key);
    }

    boolean isValidAt(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
    }

    /** Less than a third of its life is left. */
    boolean isDueAt(Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        return now.isAfter(end.minus(life.dividedBy(3)));
    }

    boolean endsWith(KeyedCertificate other) {
        return certificate.getNotAfter().equals(other.certificate.getNotAfter());
    }

    boolean isSignedBy(X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException other) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate " + certificate.getSerialNumber().toString(16) + " of "
                + certificate.getSubjectX500Principal();
    }
}
