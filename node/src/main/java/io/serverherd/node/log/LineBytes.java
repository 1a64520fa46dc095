package io.serverherd.node.log;

/** Bytes of a line as a log value: printable ASCII as it is, all else as {@code \xNN}. The array is not copied. */
public record LineBytes(byte[] bytes) {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    /** Appends the bytes in quotes. */
    void appendTo(StringBuilder line) {
        line.append('"');
        for (byte b : bytes) {
            if (b == '"' || b == '\\') {
                line.append('\\').append((char) b);
            } else if (b >= ' ' && b <= '~') {
                line.append((char) b);
            } else {
                line.append("\\x").append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
            }
        }
        line.append('"');
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        appendTo(line);
        return line.toString();
    }
}
