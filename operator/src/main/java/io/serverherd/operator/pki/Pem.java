package io.serverherd.operator.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Certificates and keys as text (RFC 7468). Reading tells good from bad and no more: what is bad is made anew. */
final class Pem {
    private Pem() {}

    static String of(X509Certificate certificate) {
        return text(certificate);
    }

    /** PKCS #8, without a password: who may read the Secret may use the key. */
    static String of(PrivateKey key) {
        try {
            return text(new JcaPKCS8Generator(key, null));
        } catch (IOException e) {
            throw new IllegalStateException("a key made here can be written", e);
        }
    }

    /** Empty unless there is at least one certificate, and nothing else. */
    static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        try (PEMParser parser = parser(text)) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (!(next instanceof X509CertificateHolder holder)) {
                    return List.of();
                }
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
        } catch (IOException | CertificateException | IllegalArgumentException damaged) {
            return List.of();
        }
        return certificates;
    }

    static Optional<PrivateKey> key(String text) {
        try (PEMParser parser = parser(text)) {
            return parser.readObject() instanceof PrivateKeyInfo info
                    ? Optional.of(new JcaPEMKeyConverter().getPrivateKey(info))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static PEMParser parser(String text) {
        return new PEMParser(new StringReader(text == null ? "" : text));
    }

    private static String text(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException("what was made here can be written", e);
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
