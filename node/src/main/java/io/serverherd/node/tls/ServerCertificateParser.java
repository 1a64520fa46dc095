package io.serverherd.node.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.config.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files {@code tls.crt} and {@code tls.key} to a {@link ServerCertificate}, or to a message. */
record ServerCertificateParser(PemFile certificateFile, PemFile keyFile) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    ServerCertificate parse() throws RefusedCredentialsException {
        List<X509Certificate> chain = certificateFile.certificates();
        PrivateKey key = key(chain.get(0).getPublicKey());
        return new ServerCertificate(chain, key, Sha256.hex(certificateFile.bytes()));
    }

    private PrivateKey key(PublicKey certified) throws RefusedCredentialsException {
        Matcher block = PKCS8.matcher(new String(keyFile.bytes(), ISO_8859_1));
        if (!block.find()) {
            throw keyFile.refused("holds no unencrypted PKCS#8 key in PEM (BEGIN PRIVATE KEY)");
        }
        String signing = signing(certified);
        PrivateKey key;
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            key = KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not what the exception says: it may quote bytes of the key.
            throw keyFile.refused("can't be read as a key of the certificate's kind, " + certified.getAlgorithm());
        }
        if (!belong(key, certified, signing)) {
            throw keyFile.refused("is not the key of the certificate in tls.crt");
        }
        return key;
    }

    private String signing(PublicKey certified) throws RefusedCredentialsException {
        return switch (certified.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default ->
                throw certificateFile.refused("has a key of kind " + certified.getAlgorithm() + ": must be EC or RSA");
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
}
