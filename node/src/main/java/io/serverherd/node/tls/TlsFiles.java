package io.serverherd.node.tls;

import io.serverherd.node.config.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the three files of HERD_TLS_DIR hold at one moment. */
public record TlsFiles(FileContent certificate, FileContent key, FileContent authorities) {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String AUTHORITIES = "ca.crt";

    /** A Secret is at most 1 MiB, all of it. */
    private static final int MAX_BYTES = 1 << 20;

    public static TlsFiles in(Path folder) {
        Path version = version(folder);
        return new TlsFiles(read(version, CERTIFICATE), read(version, KEY), read(version, AUTHORITIES));
    }

    static FileContent read(Path folder, String file) {
        return FileContent.read(folder.resolve(file), MAX_BYTES);
    }

    /** Whether there is none of the three, as before a Secret exists. */
    boolean absent() {
        FileContent missing = new FileContent.Missing();
        return certificate.equals(missing) && key.equals(missing) && authorities.equals(missing);
    }

    /** Where Kubernetes mounts a Secret: the folder of its newest version, so that all files are of the same one. */
    static Path version(Path folder) {
        Path data = folder.resolve("..data");
        try {
            return Files.isDirectory(data) ? data.toRealPath() : folder;
        } catch (IOException e) {
            // Replaced at this very moment, which is an event to look again after.
            return folder;
        }
    }
}
