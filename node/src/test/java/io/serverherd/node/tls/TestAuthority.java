package io.serverherd.node.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority, as a herd has one, and what it has signed. */
public final class TestAuthority {
    public static final String HERD = "spiffe://cluster.local/ns/default/herd/test";

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestAuthority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** All have the same name, as those of one herd have that follow each other. */
    public static TestAuthority create() {
        return create(Instant.now().minus(YEAR), Instant.now().plus(YEAR));
    }

    public static TestAuthority create(Instant from, Instant to) {
        KeyPair keys = keyPair();
        X500Name name = new X500Name("CN=test CA");
        return new TestAuthority(keys, sign(name, keys.getPrivate(), name, keys, null, from, to));
    }

    /** The same key with other dates. */
    public TestAuthority renewed(Instant from, Instant to) {
        X500Name name = new X500Name("CN=test CA");
        return new TestAuthority(keys, sign(name, keys.getPrivate(), name, keys, null, from, to));
    }

    /** Of the same dates, below this one. */
    TestAuthority intermediate() {
        KeyPair own = keyPair();
        X509Certificate signed = sign(
                name(),
                keys.getPrivate(),
                new X500Name("CN=intermediate test CA"),
                own,
                null,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        return new TestAuthority(own, signed);
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    /** Of a server of the test herd; valid from an hour ago on, for a month. */
    public TestLeaf leaf(String server) {
        return leafOf(HERD + "/server/" + server);
    }

    /** @param uri or an IP address; null: no alternative name at all */
    public TestLeaf leafOf(String uri) {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        return leaf(uri, from, from.plus(Duration.ofDays(30)));
    }

    public TestLeaf leaf(String uri, Instant from, Instant to) {
        KeyPair own = keyPair();
        X500Name subject = new X500Name("CN=a server");
        return new TestLeaf(
                sign(name(), keys.getPrivate(), subject, own, uri == null ? "" : uri, from, to), own.getPrivate());
    }

    /** A server's that says what it is for. */
    public TestLeaf leafFor(String server, KeyPurposeId... uses) {
        KeyPair own = keyPair();
        Instant from = Instant.now().minus(Duration.ofHours(1));
        return new TestLeaf(
                sign(
                        name(),
                        keys.getPrivate(),
                        new X500Name("CN=a server"),
                        own,
                        HERD + "/server/" + server,
                        from,
                        from.plus(Duration.ofDays(30)),
                        uses),
                own.getPrivate());
    }

    /** Signed by itself. */
    public static TestLeaf selfSigned(String server) {
        KeyPair own = keyPair();
        return signed("CN=test CA", own.getPrivate(), own, server);
    }

    /** Signed by itself as the server at an IP address. */
    public static TestLeaf selfSignedAt(String address) {
        KeyPair own = keyPair();
        X500Name name = new X500Name("CN=test CA");
        Instant from = Instant.now().minus(Duration.ofHours(1));
        return new TestLeaf(sign(name, own.getPrivate(), name, own, address, from, from.plus(YEAR)), own.getPrivate());
    }

    static TestLeaf signedBy(String issuer, PrivateKey issuers, String server) {
        return signed(issuer, issuers, keyPair(), server);
    }

    private static TestLeaf signed(String issuer, PrivateKey issuers, KeyPair own, String server) {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        X500Name name = new X500Name(issuer);
        String uri = HERD + "/server/" + server;
        return new TestLeaf(sign(name, issuers, name, own, uri, from, from.plus(YEAR)), own.getPrivate());
    }

    /** @param uri the alternative name, which may be an IP address; empty: none; null: it is a CA's */
    private static X509Certificate sign(
            X500Name issuer,
            PrivateKey issuers,
            X500Name subject,
            KeyPair subjects,
            String uri,
            Instant from,
            Instant to,
            KeyPurposeId... uses) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(to),
                    subject,
                    subjects.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(uri == null));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(uri == null ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            if (uses.length > 0) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(uses));
            }
            if (uri != null && !uri.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(
                                uri.contains("/") ? GeneralName.uniformResourceIdentifier : GeneralName.iPAddress,
                                uri)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuers)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
    }
}
