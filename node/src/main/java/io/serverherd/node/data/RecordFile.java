package io.serverherd.node.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being written from its begin on. */
interface RecordFile extends Closeable {
    /** Makes files. */
    interface Maker {
        /** Makes the file, or empties the one that is there. */
        RecordFile make(Path path) throws IOException;
    }

    /** Appends all of the bytes: they outlive the process from then on. */
    void write(ByteBuffer bytes) throws IOException;

    /** Brings to the disk what was written: it outlives a loss of power from then on. From any thread. */
    void force() throws IOException;

    static RecordFile make(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new RecordFile() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void force() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
