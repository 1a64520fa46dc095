package io.serverherd.operator.desired;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * From (herd, server) to the name of the server's StatefulSet and ConfigMap.
 *
 * <p>The name is {@code <herd>-<server>} in lower case with every '-' of the server doubled, so {@code a-b} + {@code c} is
 * {@code a-b-c}, and {@code a} + {@code b-c} is {@code a-b--c}. It can be read back, so no two pairs share a name:
 * <ol>
 *   <li>A herd's name ends and a server's begins with a letter or digit, so the '-' between them stands alone: a run of
 *       length 1. After it come only runs of even length. So the last run of odd length is the one between them.
 *   <li>A name over {@value #MAX_LENGTH} characters becomes {@code <beginning>-<hash>}. The hash has no '-' and begins with a
 *       digit, a server with a letter: a shortened name is never one that was not shortened.
 *   <li>Two shortened names are equal only if 48 bits of their SHA-256 are. Even then the second herd's objects are not
 *       touched, since they have another owner: it says NameConflict.
 * </ol>
 * Two servers of a herd that differ only in upper and lower case are refused beforehand.
 */
final class ServerName {
    /** The pod adds {@code -0}, and the label {@code controller-revision-hash} 11 characters, to at most 63. */
    static final int MAX_LENGTH = 52;

    private static final int HASH_DIGITS = 12;

    private ServerName() {}

    static String of(String herd, String server) {
        String name = herd + "-" + server.toLowerCase(Locale.ROOT).replace("-", "--");
        return name.length() <= MAX_LENGTH ? name : shorten(name);
    }

    private static String shorten(String name) {
        String hash = "0" + Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        String beginning = name.substring(0, MAX_LENGTH - 1 - hash.length());
        while (beginning.endsWith("-")) {
            beginning = beginning.substring(0, beginning.length() - 1);
        }
        return beginning + "-" + hash;
    }
}
