package io.serverherd.operator.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Random texts that are to stay where they were put, and a search for them. Twelve characters in a row are a find, in the
 * spellings in which a text gets about: as it is, in base64 (of a Secret, or once more), in hexadecimal digits.
 */
final class Canaries {
    private static final int LENGTH = 12;

    private final Set<String> pieces = ConcurrentHashMap.newKeySet();

    /** A text that is random all through. */
    void plant(String text) {
        plant(text.getBytes(US_ASCII), 0, text.length());
    }

    /** A private key as in {@code tls.key}. Of its file only the number that is the key is nobody else's to know. */
    void plantKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] der = Base64.getDecoder().decode(base64);
        byte[] key = number(der);
        int from = new String(der, ISO_8859_1).indexOf(new String(key, ISO_8859_1));
        addPieces(HexFormat.of().formatHex(key));
        addPieces(HexFormat.of().withUpperCase().formatHex(key));
        addPieces(new String(key, ISO_8859_1));
        plant(der, from, from + key.length);
        // As it stands in the file, its lines and all, and so in the Secret.
        int begin = position(pem, base64, from * 4 / 3 + 2);
        int end = position(pem, base64, (from + key.length) * 4 / 3 - 2);
        plant(pem.getBytes(US_ASCII), begin, end);
    }

    private static byte[] number(byte[] der) throws GeneralSecurityException {
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        byte[] number = key.getS().toByteArray();
        byte[] padded = new byte[32];
        int length = Math.min(number.length, padded.length);
        System.arraycopy(number, number.length - length, padded, padded.length - length, length);
        assert new BigInteger(1, padded).equals(key.getS());
        return padded;
    }

    /** Where in the file a digit of the base64 text is that it holds. */
    private static int position(String pem, String base64, int digit) {
        int at = pem.indexOf('\n') + 1;
        for (int seen = 0; seen < digit; at++) {
            if (pem.charAt(at) == base64.charAt(seen)) {
                seen++;
            }
        }
        return at;
    }

    /** A stretch of bytes that is random, within others that are not. */
    private void plant(byte[] bytes, int from, int to) {
        addPieces(new String(bytes, from, to - from, ISO_8859_1));
        // Its digits depend on where it begins within a group of three.
        String whole = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, to - (to % 3)));
        addPieces(whole.substring((from + 2) / 3 * 4));
        for (int shift = 0; shift < 3; shift++) {
            byte[] alone = Arrays.copyOfRange(bytes, from + shift, to - ((to - from - shift) % 3));
            addPieces(Base64.getEncoder().encodeToString(alone));
            addPieces(Base64.getUrlEncoder().encodeToString(alone));
        }
    }

    private void addPieces(String text) {
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            pieces.add(text.substring(i, i + LENGTH));
        }
    }

    /** @return the beginning of the line that holds a piece, and what stands around that; empty: nothing */
    String in(String text) {
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            if (pieces.contains(text.substring(i, i + LENGTH))) {
                int line = text.lastIndexOf('\n', i) + 1;
                return text.substring(line, Math.min(i, line + 300)) + " … "
                        + text.substring(Math.max(line, i - 100), Math.min(text.length(), i + 100));
            }
        }
        return "";
    }
}
