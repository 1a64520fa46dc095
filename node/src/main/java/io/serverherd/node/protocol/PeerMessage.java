package io.serverherd.node.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The lines of a link between two servers. Each begins with an upper-case word; words that are not known are ignored, so
 * that servers of two versions understand each other.
 *
 * <pre>
 * PEER &lt;herd&gt; &lt;server&gt;                                   first of all, both ways
 * AT &lt;origin&gt; &lt;difference&gt; &lt;client&gt; &lt;location&gt; &lt;time&gt;    a record
 * PING                                                   I am still here
 * DIGEST &lt;16 hexadecimal digits&gt; &lt;records&gt;               this is the digest of what I hold, so many records: tell me yours
 * RANGE [&lt;1 to 3 hexadecimal digits&gt;] &lt;16 for each part&gt; these are the digests of the parts of this range
 * COMPARED                                               these were all ranges of this level in which we may differ
 * RECONCILED                                             you have got all that I held when I sent my digest
 * </pre>
 */
public enum PeerMessage {
    PEER(Words.PEER),
    AT(Words.AT),
    PING(Words.PING),
    DIGEST(Words.DIGEST),
    RANGE(Words.RANGE),
    COMPARED(Words.COMPARED),
    RECONCILED(Words.RECONCILED),
    /** Of a later version, perhaps. */
    UNKNOWN(new byte[0]),
    /** Does not begin with an upper-case word. */
    GARBAGE(new byte[0]);

    private static final PeerMessage[] KNOWN = {AT, PING, DIGEST, RANGE, COMPARED, RECONCILED, PEER};

    private final byte[] word;

    PeerMessage(byte[] word) {
        this.word = word;
    }

    /** What kind of message a line is, by its first word. */
    public static PeerMessage of(byte[] buf, int from, int to) {
        int start = Fields.start(buf, from, to);
        int end = Fields.end(buf, start, to);
        for (PeerMessage message : KNOWN) {
            if (Words.is(buf, start, end, to, message.word)) {
                return message;
            }
        }
        return isUpperCase(buf, start, end) ? UNKNOWN : GARBAGE;
    }

    private static boolean isUpperCase(byte[] buf, int from, int to) {
        int i = from;
        while (i < to && buf[i] >= 'A' && buf[i] <= 'Z') {
            i++;
        }
        return i == to && i > from;
    }

    public static void appendHello(LineBuffer out, String herd, String server) {
        appendLine(out, PEER, herd + ' ' + server);
    }

    /** Appends a message that is its word alone. */
    public static void append(LineBuffer out, PeerMessage message) {
        out.append(message.word);
        out.append((byte) '\n');
    }

    public static void appendDigest(LineBuffer out, Digest digest) {
        appendLine(out, DIGEST, HexFormat.of().toHexDigits(digest.sum()) + ' ' + digest.records());
    }

    /** What a DIGEST line says; empty when it is not as it should be. */
    public static Optional<Digest> digest(byte[] buf, int from, int to) {
        String[] fields = fields(buf, from, to);
        boolean right =
                fields.length == 3 && fields[1].length() == 16 && isHex(fields[1]) && fields[2].matches("[0-9]{1,9}");
        return right
                ? Optional.of(new Digest(HexFormat.fromHexDigitsToLong(fields[1]), Integer.parseInt(fields[2])))
                : Optional.empty();
    }

    /** The server that a hello names; empty when the line is not the hello of a server of this herd. */
    public static Optional<String> helloServer(byte[] buf, int from, int to, String herd) {
        String[] fields = fields(buf, from, to);
        boolean hello = of(buf, from, to) == PEER && fields.length == 3 && fields[1].equals(herd);
        return hello ? Optional.of(fields[2]) : Optional.empty();
    }

    static void appendLine(LineBuffer out, PeerMessage message, String rest) {
        out.append(message.word);
        out.append((byte) ' ');
        out.append(rest.getBytes(StandardCharsets.ISO_8859_1));
        out.append((byte) '\n');
    }

    /** The fields of a line, the first of which is its word. */
    static String[] fields(byte[] buf, int from, int to) {
        int start = Fields.start(buf, from, to);
        // The class of white space is the protocol's, not Java's.
        return new String(buf, start, to - start, StandardCharsets.ISO_8859_1).split("[\\t\\n\\x0b\\f\\r ]+");
    }

    /** Whether these are hexadecimal digits as they are written here: lower-case. */
    static boolean isHex(String digits) {
        return digits.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /**
     * What a server holds, in short.
     *
     * @param sum     the same on all servers that hold the same records
     * @param records how many
     */
    public record Digest(long sum, int records) {}
}
