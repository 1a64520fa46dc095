package io.serverherd.operator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes authorities, and has them sign the certificates of one herd's servers: each herd has its own. */
final class Authority {
    static final Duration LIFE = Duration.ofDays(365);
    static final Duration LEAF_LIFE = Duration.ofDays(30);
    /** Certificates begin in the past: the clocks of servers differ. */
    static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final int SERIAL_BITS = 127;

    private Authority() {}

    static KeyedCertificate make(Instant now) {
        KeyPair keys = newKeys();
        // Two authorities of one herd must not have the same name: a chain is looked for by name first.
        X500Principal name = new X500Principal("CN=serverherd-ca-" + randomHex());
        Instant from = now.minus(CLOCK_SKEW);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(from), Date.from(from.plus(LIFE)), name, keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new KeyedCertificate(signed(builder, keys.getPrivate()), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can do this", e);
        }
    }

    /** Empty where it is missing, damaged, or no authority. */
    static Optional<KeyedCertificate> read(String certificateText, String keyText) {
        return KeyedCertificate.of(certificateText, keyText)
                .filter(own -> own.certificate().getBasicConstraints() >= 0);
    }

    /** A new certificate with a new key, which does not outlive who signs it. */
    static KeyedCertificate issue(KeyedCertificate signing, ServerIdentity server, Instant now) {
        KeyPair keys = newKeys();
        Instant from = now.minus(CLOCK_SKEW);
        Instant end = signing.certificate().getNotAfter().toInstant();
        Instant to = from.plus(LEAF_LIFE).isBefore(end) ? from.plus(LEAF_LIFE) : end;
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                signing.certificate(),
                serial(),
                Date.from(from),
                Date.from(to),
                // Who it is stands in its alternative name only, as in all SPIFFE identities.
                new X500Principal("CN=serverherd-server"),
                keys.getPublic());
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.uniformResourceIdentifier, server.uri()),
                new GeneralName(GeneralName.dNSName, server.host())
            }));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(
                            signing.certificate().getPublicKey()));
            return new KeyedCertificate(signed(builder, signing.key()), keys.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("every JDK can do this", e);
        }
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(KeyedCertificate.SIGNATURE).build(signer)));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    }

    private static String randomHex() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
