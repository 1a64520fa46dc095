package io.serverherd.local.api.pods;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a growing file from some line on. Closed when read to the end of interest. */
final class LogFile implements AutoCloseable {

    private static final int PIECE_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};

    private final FileChannel file;
    private long bytesLeft;

    private LogFile(FileChannel file, long bytesLeft) {
        this.file = file;
        this.bytesLeft = bytesLeft;
    }

    /**
     * @param lines how many lines to go back from the end
     * @param bytes how many bytes to read at most
     */
    static LogFile open(Path path, long lines, long bytes) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        if (lines != Long.MAX_VALUE) {
            file.position(startOfLastLines(file, lines));
        }
        return new LogFile(file, bytes);
    }

    /** What follows, as far as it is written; empty when there is nothing now. */
    byte[] next() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytesLeft));
        if (!piece.hasRemaining() || file.read(piece) <= 0) {
            return NOTHING;
        }
        bytesLeft -= piece.position();
        byte[] bytes = new byte[piece.flip().remaining()];
        piece.get(bytes);
        return bytes;
    }

    /** Goes back from the end, piece by piece, counting line ends; one at the very end ends the last line. */
    private static long startOfLastLines(FileChannel file, long lines) throws IOException {
        long size = file.size();
        long ends = 0;
        for (long end = size; end > 0; ) {
            long start = Math.max(0, end - PIECE_BYTES);
            ByteBuffer piece = ByteBuffer.allocate((int) (end - start));
            file.read(piece, start);
            for (int i = piece.position() - 1; i >= 0; i--) {
                boolean last = start + i == size - 1;
                if (piece.get(i) == '\n' && !last && ++ends == lines) {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return lines == 0 ? size : 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
