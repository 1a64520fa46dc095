package io.serverherd.node.tls;

import io.serverherd.node.config.Sha256;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;

/** The three files of HERD_TLS_DIR to {@link PeerCredentials}, or to a message. */
public final class PeerCredentialsParser {
    private static final String FOLDER = "HERD_TLS_DIR";

    private final String server;

    /** @param server whose files they are */
    public PeerCredentialsParser(String server) {
        this.server = server;
    }

    public PeerCredentials parse(TlsFiles files) throws RefusedCredentialsException {
        PemFile certificate = new PemFile(FOLDER, TlsFiles.CERTIFICATE, files.certificate());
        PemFile key = new PemFile(FOLDER, TlsFiles.KEY, files.key());
        PemFile ca = new PemFile(FOLDER, TlsFiles.AUTHORITIES, files.authorities());
        ServerCertificate own = new ServerCertificateParser(certificate, key).parse();
        List<X509Certificate> authorities = ca.certificates();
        return new PeerCredentials(
                identity(own.chain().get(0), certificate),
                own,
                new LinkedHashSet<>(authorities),
                Sha256.hex(ca.bytes()));
    }

    private PeerIdentity identity(X509Certificate own, PemFile file) throws RefusedCredentialsException {
        PeerIdentity identity = PeerIdentity.of(own)
                .orElseThrow(() -> file.refused(
                        "names no server: its one URI among the alternative names must be " + PeerIdentity.GRAMMAR));
        if (!identity.server().equals(server)) {
            throw file.refused("is the certificate of " + identity + ", and this server is " + server);
        }
        return identity;
    }
}
