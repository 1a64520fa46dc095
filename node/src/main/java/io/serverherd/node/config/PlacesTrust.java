package io.serverherd.node.config;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom to believe that a Places endpoint is what it says, beside those whom the Java machine believes: the authority of a
 * company's proxy, say. Two of them are equal only when they are one, so that to compare them costs nothing.
 */
public final class PlacesTrust {
    /** Longest file, in bytes: a bundle of some hundred authorities. */
    public static final int MAX_BYTES = 512 * 1024;

    /** The Java machine's alone. */
    public static final PlacesTrust DEFAULT = new PlacesTrust(List.of());

    private final List<X509Certificate> authorities;

    private PlacesTrust(List<X509Certificate> authorities) {
        this.authorities = authorities;
    }

    /** A file that holds no certificates. The message tells why. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** @param file one certificate or more, in PEM or DER */
    public static PlacesTrust parse(byte[] file) throws RefusedException {
        try {
            List<X509Certificate> authorities =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(file))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (authorities.isEmpty()) {
                throw new RefusedException("holds no certificate");
            }
            return new PlacesTrust(authorities);
        } catch (CertificateException e) {
            // Its message quotes the file, which may be a private key by mistake.
            throw new RefusedException("is not a certificate in PEM");
        }
    }

    public List<X509Certificate> authorities() {
        return authorities;
    }
}
