package io.serverherd.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Random;

/**
 * The same clients at Redis: {@code GEOADD herd <longitude> <latitude> <client>}, with a new longitude each time, as a
 * member whose place stays the same is not moved. It must answer {@code :1} for a new client and {@code :0} for others.
 */
final class GeoAdds implements Dialogue {
    private static final String BEGIN = "*5\r\n$6\r\nGEOADD\r\n$4\r\nherd\r\n$10\r\n";
    private static final int REPLY = ":0\r\n".length();
    /** Digits of the longitude behind its point. */
    private static final int DECIMALS = 6;

    private static final int LONGITUDE_END = BEGIN.length() + 10;

    private final int clients;
    private final byte[] commands;
    private final int length;
    private final boolean[] known;
    private int longitude;

    GeoAdds(int clients) {
        this.clients = clients;
        this.known = new boolean[clients];
        Random random = new Random(clients);
        StringBuilder text = new StringBuilder();
        for (int client = 0; client < clients; client++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s%010.6f\r\n$9\r\n%09.6f\r\n$13\r\nc%07d.herd\r\n",
                    BEGIN,
                    random.nextDouble() * 179,
                    random.nextDouble() * 84,
                    client));
        }
        commands = text.toString().getBytes(US_ASCII);
        length = commands.length / clients;
    }

    @Override
    public int clients() {
        return clients;
    }

    @Override
    public int longest() {
        return length;
    }

    @Override
    public void ask(int client, ByteBuffer out) {
        int rest = ++longitude;
        int end = client * length + LONGITUDE_END;
        for (int i = end - 1; i >= end - DECIMALS; i--) {
            commands[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.put(commands, client * length, length);
    }

    @Override
    public int answered(int client, byte[] buf, int from, int to) throws WrongReplyException {
        if (to - from < REPLY) {
            return -1;
        }
        byte added = (byte) (known[client] ? '0' : '1');
        if (buf[from] != ':' || buf[from + 1] != added || buf[from + 2] != '\r' || buf[from + 3] != '\n') {
            throw WrongReplyException.of(buf, from, to, "GEOADD, where \":" + (char) added + "\\r\\n\" is right");
        }
        known[client] = true;
        return from + REPLY;
    }
}
