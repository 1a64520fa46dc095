package io.serverherd.node.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.node.config.FileContent;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A certificate with its key. */
public record TestLeaf(X509Certificate certificate, PrivateKey key) {
    public String certificatePem() {
        return TestAuthority.pem("CERTIFICATE", TestAuthority.encoded(certificate));
    }

    public String keyPem() {
        return TestAuthority.pem("PRIVATE KEY", key.getEncoded());
    }

    /** Signs, which it may not, a certificate for another server. */
    TestLeaf signs(String server) {
        return TestAuthority.signedBy("CN=a server", key, server);
    }

    /** As in HERD_TLS_DIR, with these CAs trusted. */
    public TlsFiles files(TestAuthority... trusted) {
        StringBuilder authorities = new StringBuilder();
        for (TestAuthority authority : trusted) {
            authorities.append(authority.pem());
        }
        return new TlsFiles(present(certificatePem()), present(keyPem()), present(authorities.toString()));
    }

    /** As in HERD_CLIENT_TLS_DIR, for any client. */
    public ClientTlsFiles clientFiles() {
        return new ClientTlsFiles(present(certificatePem()), present(keyPem()), Optional.empty());
    }

    /** For clients with certificates of this CA. */
    public ClientTlsFiles clientFiles(TestAuthority clients) {
        return new ClientTlsFiles(present(certificatePem()), present(keyPem()), Optional.of(present(clients.pem())));
    }

    static FileContent present(String text) {
        return new FileContent.Present(text.getBytes(US_ASCII));
    }
}
