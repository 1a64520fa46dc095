package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.ServerCertificate;
import io.serverherd.operator.pki.ServerIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A person's own authority, what it has signed, and TLS with that. */
final class TestCertificates {
    private static final char[] NO_PASSWORD = {};

    private final Authorities authority = Authorities.of(Map.of())
            .advance(Instant.now(), trust -> true, true)
            .orElseThrow()
            .to();

    ServerCertificate issue(String host) {
        return ServerCertificate.keptOrIssued(
                Map.of(), new ServerIdentity("example.com", "n", "h", "s", host), authority, Instant.now());
    }

    /** As {@code kubectl create secret tls} makes it. */
    static Secret secret(String name, ServerCertificate certificate) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withType("kubernetes.io/tls")
                .addToStringData(ServerCertificate.CERTIFICATE_FILE, certificate.certificate())
                .addToStringData(ServerCertificate.KEY_FILE, certificate.key())
                .build();
    }

    Secret trust(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToStringData(ServerCertificate.TRUST_FILE, authority.trust())
                .build();
    }

    /** A client that believes this authority, and shows nothing. */
    SSLContext client() {
        return client(null);
    }

    /** @param shown null: nothing */
    SSLContext client(ServerCertificate shown) {
        return client(authority.trust(), shown);
    }

    /** A client that believes another authority, and shows nothing. */
    static SSLContext clientOf(String trust) {
        return client(trust, null);
    }

    private static SSLContext client(String ca, ServerCertificate shown) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", certificate(ca));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(shown == null ? null : keys(shown), trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyManager[] keys(ServerCertificate shown) throws IOException, GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(shown.key().replaceAll("-----[^-]+-----", ""));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        KeyStore store = empty();
        store.setKeyEntry("own", key, NO_PASSWORD, new Certificate[] {certificate(shown.certificate())});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
