package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.RecordParser;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.TreeSet;

/** Records as tests write and read them: as their AT lines. */
public final class Records {
    /** Which of two AT lines of a client is to win, told apart from the code: times as exact decimals, then the tie rule. */
    private static final Comparator<String> WINS = Comparator.comparing(
                    (String line) -> new BigDecimal(line.split(" ")[5]))
            .thenComparing(line -> line.split(" ")[1])
            .thenComparing(line -> line.split(" ")[4])
            .thenComparing(line -> line.split(" ")[2])
            .thenComparing(line -> line.split(" ")[5]);

    private Records() {}

    /** The one of two AT lines of a client that is to win. */
    public static String winner(String a, String b) {
        return WINS.compare(a, b) >= 0 ? a : b;
    }

    static LocationRecord of(String origin, String difference, String client, String location, String time) {
        return of(String.join(" ", "AT", origin, difference, client, location, time));
    }

    public static LocationRecord of(String line) {
        LocationRecord record = new LocationRecord();
        byte[] bytes = line.getBytes(ISO_8859_1);
        if (!new RecordParser().parse(bytes, 0, bytes.length, record)) {
            throw new IllegalArgumentException("no record: " + line);
        }
        return record;
    }

    public static String text(LocationRecord record) {
        LineBuffer out = new LineBuffer(64);
        record.appendLine(out);
        return new String(out.array(), 0, out.length() - 1, ISO_8859_1);
    }

    static String find(LocationStore store, String client) {
        LocationRecord record = new LocationRecord();
        byte[] bytes = client.getBytes(ISO_8859_1);
        return store.find(bytes, 0, bytes.length, record) ? text(record) : null;
    }

    static TreeSet<String> all(LocationStore store) {
        TreeSet<String> all = new TreeSet<>();
        LocationRecord record = new LocationRecord();
        for (int cursor = store.next(0, record); cursor != 0; cursor = store.next(cursor, record)) {
            all.add(text(record));
        }
        return all;
    }
}
