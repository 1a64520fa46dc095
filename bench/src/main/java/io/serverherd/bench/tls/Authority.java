package io.serverherd.bench.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certifies servers as a herd's own authority does, for a day, and lets others speak TLS with them. */
public final class Authority {
    private static final X500Name NAME = new X500Name("CN=bench");
    private static final Duration LIFE = Duration.ofDays(1);
    private static final char[] NO_PASSWORD = {};

    private final KeyPair keys;
    private final X509Certificate certificate;
    private int signed;

    public Authority() throws IOException {
        try {
            keys = keyPair();
            X509v3CertificateBuilder own = certificateOf(NAME, keys);
            own.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            own.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            certificate = sign(own);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Writes into the folder what a server needs for its links, and for its clients. */
    public void certify(String herd, String server, Path folder) throws IOException {
        try {
            KeyPair own = keyPair();
            Files.createDirectories(folder);
            write(
                    folder.resolve("tls.crt"),
                    "CERTIFICATE",
                    sign(certificateOf(herd, server, own)).getEncoded());
            write(folder.resolve("tls.key"), "PRIVATE KEY", own.getPrivate().getEncoded());
            write(folder.resolve("ca.crt"), "CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** What a client needs that shows no certificate. */
    public SSLContext ofClients() throws IOException {
        try {
            return context(emptyStore());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** What a server needs that dials another. */
    public SSLContext ofServer(String herd, String server) throws IOException {
        try {
            KeyPair own = keyPair();
            Certificate[] chain = {sign(certificateOf(herd, server, own))};
            KeyStore store = emptyStore();
            store.setKeyEntry("own", own.getPrivate(), NO_PASSWORD, chain);
            return context(store);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private SSLContext context(KeyStore own) throws GeneralSecurityException, IOException {
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(own, NO_PASSWORD);
        KeyStore believed = emptyStore();
        believed.setCertificateEntry("authority", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private X509v3CertificateBuilder certificateOf(String herd, String server, KeyPair own) throws IOException {
        String name = "spiffe://example.org/ns/default/herd/%s/server/%s".formatted(herd, server);
        X509v3CertificateBuilder certificate = certificateOf(new X500Name("CN=" + server), own);
        certificate.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, name)));
        return certificate;
    }

    private X509v3CertificateBuilder certificateOf(X500Name name, KeyPair own) {
        Instant from = Instant.now().minusSeconds(1);
        signed++;
        return new JcaX509v3CertificateBuilder(
                NAME, BigInteger.valueOf(signed), Date.from(from), Date.from(from.plus(LIFE)), name, own.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder certificate) throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static void write(Path file, String kind, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
    }
}
