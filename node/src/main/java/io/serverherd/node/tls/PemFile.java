package io.serverherd.node.tls;

import io.serverherd.node.config.FileContent;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One of the files that credentials are made of.
 *
 * @param folder the variable of the environment that names its folder
 */
record PemFile(String folder, String name, FileContent content) {
    byte[] bytes() throws RefusedCredentialsException {
        if (content instanceof FileContent.Present present) {
            return present.bytes();
        }
        throw refused(
                content instanceof FileContent.Unreadable unreadable ? unreadable.reason() : "missing in " + folder);
    }

    /** At least one. */
    List<X509Certificate> certificates() throws RefusedCredentialsException {
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw refused("can't be read as certificates in PEM");
        }
        if (certificates.isEmpty()) {
            throw refused("holds no certificate");
        }
        return certificates;
    }

    RefusedCredentialsException refused(String what) {
        return new RefusedCredentialsException(name, what);
    }
}
