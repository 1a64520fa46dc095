package io.serverherd.node.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.config.FileContent;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three files to {@link PeerCredentials}, or to a message. */
public final class PeerCredentialsParser {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final String server;

    /** @param server whose files they are */
    public PeerCredentialsParser(String server) {
        this.server = server;
    }

    public PeerCredentials parse(TlsFiles files) throws RefusedCredentialsException {
        byte[] certificate = bytes(TlsFiles.CERTIFICATE, files.certificate());
        byte[] key = bytes(TlsFiles.KEY, files.key());
        byte[] authorities = bytes(TlsFiles.AUTHORITIES, files.authorities());
        List<X509Certificate> chain = certificates(TlsFiles.CERTIFICATE, certificate);
        X509Certificate own = chain.get(0);
        return new PeerCredentials(
                identity(own),
                chain,
                key(key, own.getPublicKey()),
                new LinkedHashSet<>(certificates(TlsFiles.AUTHORITIES, authorities)),
                sha256(certificate),
                sha256(authorities));
    }

    private static byte[] bytes(String file, FileContent content) throws RefusedCredentialsException {
        if (content instanceof FileContent.Present present) {
            return present.bytes();
        }
        throw new RefusedCredentialsException(
                file,
                content instanceof FileContent.Unreadable unreadable ? unreadable.reason() : "missing in HERD_TLS_DIR");
    }

    private static List<X509Certificate> certificates(String file, byte[] pem) throws RefusedCredentialsException {
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new RefusedCredentialsException(file, "can't be read as certificates in PEM");
        }
        if (certificates.isEmpty()) {
            throw new RefusedCredentialsException(file, "holds no certificate");
        }
        return certificates;
    }

    private PeerIdentity identity(X509Certificate own) throws RefusedCredentialsException {
        PeerIdentity identity = PeerIdentity.of(own)
                .orElseThrow(() -> new RefusedCredentialsException(
                        TlsFiles.CERTIFICATE,
                        "names no server: its one URI among the alternative names must be " + PeerIdentity.GRAMMAR));
        if (!identity.server().equals(server)) {
            throw new RefusedCredentialsException(
                    TlsFiles.CERTIFICATE, "is the certificate of " + identity + ", and this server is " + server);
        }
        return identity;
    }

    private static PrivateKey key(byte[] pem, PublicKey certified) throws RefusedCredentialsException {
        Matcher block = PKCS8.matcher(new String(pem, ISO_8859_1));
        if (!block.find()) {
            throw new RefusedCredentialsException(
                    TlsFiles.KEY, "holds no unencrypted PKCS#8 key in PEM (BEGIN PRIVATE KEY)");
        }
        String signing = signing(certified);
        PrivateKey key;
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            key = KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not what the exception says: it may quote bytes of the key.
            throw new RefusedCredentialsException(
                    TlsFiles.KEY, "can't be read as a key of the certificate's kind, " + certified.getAlgorithm());
        }
        if (!belong(key, certified, signing)) {
            throw new RefusedCredentialsException(TlsFiles.KEY, "is not the key of the certificate in tls.crt");
        }
        return key;
    }

    private static String signing(PublicKey certified) throws RefusedCredentialsException {
        return switch (certified.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default ->
                throw new RefusedCredentialsException(
                        TlsFiles.CERTIFICATE, "has a key of kind " + certified.getAlgorithm() + ": must be EC or RSA");
        };
    }

    private static boolean belong(PrivateKey key, PublicKey certified, String signing) {
        try {
            byte[] message = "ours".getBytes(ISO_8859_1);
            Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
