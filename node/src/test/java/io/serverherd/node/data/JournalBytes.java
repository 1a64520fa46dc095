package io.serverherd.node.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Journals as tests write them: a block for each text. */
final class JournalBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Block sums;

    JournalBytes(String herd) {
        this(1, herd, "Alford");
    }

    JournalBytes(int format, String herd, String server) {
        sums = new Block(herd.getBytes(ISO_8859_1));
        append(new JournalHeader(format, herd, server).toBlock());
    }

    static String record(String client, int time) {
        return "AT Alford +0.5 " + client + " +1+1 " + time + "\n";
    }

    JournalBytes block(String lines) {
        Chunk chunk = new Chunk(Chunk.bytesFor(lines.length()));
        byte[] buf = lines.getBytes(ISO_8859_1);
        chunk.append(buf, 0, buf.length);
        append(chunk.seal(sums));
        return this;
    }

    JournalBytes raw(byte... raw) {
        append(ByteBuffer.wrap(raw));
        return this;
    }

    private void append(ByteBuffer block) {
        byte[] copy = new byte[block.remaining()];
        block.get(copy);
        bytes.writeBytes(copy);
    }

    int length() {
        return bytes.size();
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
