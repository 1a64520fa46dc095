package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Lines as no honest client writes them, from a seed: right ones with something wrong in them, those of other protocols,
 * and bytes. Latin-1 text, each piece with its line ending, and perhaps more of them within.
 */
final class HostileLines {
    private static final int CLIENTS = 40;
    private static final String[] ENDINGS = {"\n", "\n", "\n", "\r\n", "\r\r\n"};
    private static final String[] BLANKS = {" ", " ", " ", "  ", "\t", "\f", "\u000b", "\r", " \r\t "};
    /** What a mistaken reader would take for a blank, the end of a text, a digit or a part of a number. */
    private static final String TRAPS =
            " \t\r\u000b\f\0\u001c\u001d\u001e\u001f\u0085\u00a0\u00b2\u00b9\u00ff+-.,eE_/0123456789nfd?";

    private static final String[] LOCATIONS = {
        "+34.068930-118.445127",
        "+90-180",
        "-90.000+180.0",
        "+00.0-000.0",
        "+5+7",
        "-1.5+010",
        "+90.0000001-1",
        "+1+180.00000000000000000001",
        "+1+1000",
        "+100+1",
        "+1,+1",
        "+1.+1",
        "+.5+1",
        "1+1",
        "+1+1/",
        "+1-1+1",
        "++1+1"
    };
    private static final String[] RADII = {
        "10", "0", "50", "050.000", "0.5", "50.1", "51", "-1", "+1", "1e1", "4294967297", "0x1", "1.", ".5", "nan"
    };
    private static final String[] BOUNDS = {
        "5", "0", "20", "0020", "21", "-0", "+5", "5.0", "4294967296", "18446744073709551616", "\u00b2", "5,"
    };
    private static final String[] OTHERS = {
        "",
        " ",
        "\t\u000b",
        "iamat kiwi +1+1 5",
        "AT Ball +0.1 kiwi +1+1 5",
        "PEER herd Ball",
        "PING",
        "IAMAT",
        "WHATSAT",
        "IAMATkiwi +1+1 5",
        "GET / HTTP/1.1",
        "Host: alford",
        "{\"results\":[]}",
        "?",
        "? x",
        "\u0016\u0003\u0001\u0002"
    };

    private final SplittableRandom random;
    private final String namePrefix;
    private final long now;

    /** @param now what the server's clock shows: times are around it */
    HostileLines(long seed, String namePrefix, Instant now) {
        this.random = new SplittableRandom(seed);
        this.namePrefix = namePrefix;
        this.now = now.getEpochSecond();
    }

    String next() {
        return line() + oneOf(ENDINGS);
    }

    /** May be without an ending, or with some within. */
    String line() {
        int kind = random.nextInt(100);
        if (kind < 10) {
            return oneOf(OTHERS);
        }
        if (kind < 25) {
            return bytes(random.nextInt(kind == 24 ? 4_000 : 60));
        }
        String line = kind < 70 ? report() : question();
        for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
            line = mutated(line);
        }
        return line;
    }

    /** Of so many bytes and no ending. */
    String endless(int length) {
        return (report() + "x".repeat(length)).substring(0, length);
    }

    private String report() {
        return joined("IAMAT", client(), oneOf(LOCATIONS), time());
    }

    private String question() {
        return joined("WHATSAT", client(), oneOf(RADII), oneOf(BOUNDS));
    }

    private String joined(String... fields) {
        StringBuilder line = new StringBuilder();
        for (String field : fields) {
            line.append(line.isEmpty() ? "" : oneOf(BLANKS)).append(field);
        }
        return line.toString();
    }

    private String client() {
        return namePrefix + random.nextInt(CLIENTS);
    }

    private String time() {
        long day = 86_400;
        return switch (random.nextInt(10)) {
            case 0 -> Long.toString(now + day);
            case 1 -> now + day + ".000000000" + (random.nextBoolean() ? "9" : "");
            case 2 -> now + day + ".000000001";
            case 3 -> "000" + (now - random.nextInt(100)) + ".5";
            case 4 -> "9".repeat(1 + random.nextInt(30));
            case 5 -> oneOf("-1", "+1", "1e9", "inf", "1.", ".1", "1..2", "1479413884,39", "0x1");
            default -> now - 1_000 + random.nextInt(2_000) + "." + digits();
        };
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private String mutated(String line) {
        int at = random.nextInt(line.length() + 1);
        int to = Math.min(line.length(), at + 1 + random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0 -> line.substring(0, at) + TRAPS.charAt(random.nextInt(TRAPS.length())) + line.substring(to);
            case 1 -> line.substring(0, at) + TRAPS.charAt(random.nextInt(TRAPS.length())) + line.substring(at);
            case 2 -> line.substring(0, at) + line.substring(to);
            case 3 -> line.substring(0, at) + line.substring(0, to) + line.substring(at);
            case 4 -> line.substring(0, at) + bytes(1) + line.substring(to);
            default -> oneOf(" ", "\t", "\u000b\f") + line + oneOf(" ", "\r", "\t", " x", "\u00a0");
        };
    }

    private String bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
