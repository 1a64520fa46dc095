package io.serverherd.node.tls;

import io.serverherd.node.config.FileContent;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the files of HERD_CLIENT_TLS_DIR and HERD_CLIENT_CA_DIR hold at one moment.
 *
 * @param authorities the CAs of clients; empty: clients need no certificate
 */
public record ClientTlsFiles(FileContent certificate, FileContent key, Optional<FileContent> authorities) {

    /** @param ca empty: clients need no certificate */
    public static ClientTlsFiles in(Path tls, Optional<Path> ca) {
        Path version = TlsFiles.version(tls);
        return new ClientTlsFiles(
                TlsFiles.read(version, TlsFiles.CERTIFICATE),
                TlsFiles.read(version, TlsFiles.KEY),
                ca.map(folder -> TlsFiles.read(folder, TlsFiles.AUTHORITIES)));
    }

    /** Whether clients need certificates, and it is not said of whom. */
    boolean lacksAuthorities() {
        return authorities.isPresent() && authorities.get().equals(new FileContent.Missing());
    }
}
