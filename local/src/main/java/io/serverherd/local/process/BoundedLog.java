package io.serverherd.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The output of one process, in a file of bounded size: when the file is full it becomes {@code <file>.1}, in
 * place of the one before, and a new one begins. So the last {@code limit} bytes at least are always there.
 */
final class BoundedLog {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Path file;
    private final long limitBytes;
    private OutputStream out;
    private long written;

    BoundedLog(Path file, long limitBytes) throws IOException {
        this.file = file;
        this.limitBytes = limitBytes;
        Files.createDirectories(file.getParent());
        open();
    }

    /** Copies until the stream ends: the process and all that inherited its output are gone. */
    void copy(InputStream output) throws IOException {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            int read;
            while ((read = output.read(buffer)) >= 0) {
                if (written > 0 && written + read > limitBytes) {
                    startAnew();
                }
                out.write(buffer, 0, read);
                written += read;
            }
        } finally {
            out.close();
        }
    }

    private void startAnew() throws IOException {
        out.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        written = 0;
    }
}
