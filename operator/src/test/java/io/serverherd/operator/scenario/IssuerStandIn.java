package io.serverherd.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What cert-manager's issuer of the kind CA does: signs with a key of its own, and hands out its certificate as well. */
final class IssuerStandIn {
    private static final String SIGNATURE = "SHA256withECDSA";

    private final KeyPair keys = newKeys();
    private final X500Principal name = new X500Principal("CN=issuer-" + serial().toString(36));
    private final boolean handsOutItsCa;
    private final X509Certificate own;

    /** @param handsOutItsCa not all issuers do */
    IssuerStandIn(boolean handsOutItsCa) throws Exception {
        this.handsOutItsCa = handsOutItsCa;
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = builder(name, now.minusSeconds(60), Duration.ofDays(90), keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        own = signed(builder);
    }

    /**
     * What was signed.
     *
     * @param files names and texts
     */
    record Issue(Map<String, String> files, X509Certificate certificate) {}

    /** @param spec of the Certificate */
    Issue issue(JsonNode spec) throws Exception {
        KeyPair leaf = newKeys();
        Duration life = Duration.parse("PT" + spec.path("duration").asText("2160h"));
        String organization = spec.at("/subject/organizations/0").asText();
        X500Principal subject = new X500Principal(organization.isEmpty() ? "" : "O=" + organization);
        X509v3CertificateBuilder builder =
                builder(subject, Instant.now().truncatedTo(ChronoUnit.SECONDS), life, leaf.getPublic());
        List<GeneralName> names = new ArrayList<>();
        spec.path("uris")
                .forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri.asText())));
        spec.path("dnsNames").forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns.asText())));
        List<String> usages = new ArrayList<>();
        spec.path("usages").forEach(usage -> usages.add(usage.asText()));
        List<KeyPurposeId> purposes = new ArrayList<>();
        if (usages.contains("server auth")) {
            purposes.add(KeyPurposeId.id_kp_serverAuth);
        }
        if (usages.contains("client auth")) {
            purposes.add(KeyPurposeId.id_kp_clientAuth);
        }
        builder.addExtension(
                Extension.subjectAlternativeName,
                organization.isEmpty(),
                new GeneralNames(names.toArray(new GeneralName[0])));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(usages.contains("digital signature") ? KeyUsage.digitalSignature : 0));
        builder.addExtension(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(new KeyPurposeId[0])));
        X509Certificate certificate = signed(builder);
        Map<String, String> files = new HashMap<>();
        files.put("tls.crt", pem(certificate));
        files.put("tls.key", pem(new JcaPKCS8Generator(leaf.getPrivate(), null)));
        if (handsOutItsCa) {
            files.put("ca.crt", pem(own));
        }
        return new Issue(files, certificate);
    }

    private X509v3CertificateBuilder builder(X500Principal subject, Instant from, Duration life, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(from), Date.from(from.plus(life)), subject, key);
    }

    private X509Certificate signed(X509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
    }

    private static String pem(Object object) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(100, new SecureRandom()).add(BigInteger.ONE);
    }
}
