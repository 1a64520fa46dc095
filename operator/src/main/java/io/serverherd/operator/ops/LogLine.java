package io.serverherd.operator.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line: {@code 2026-01-01T12:04:07.123Z INFO object.applied kind=Service name=five-node-herd}. Values that are
 * more than plain words are quoted and escaped, and what might be a key is left out.
 */
public final class LogLine extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** A key is longer in base64, and a SHA-256, which is told, is not in hexadecimal digits. */
    private static final Pattern LONG_BASE64 = Pattern.compile("[A-Za-z0-9+/=]{65,}");
    /** Enough to find where an error began. */
    private static final int FRAMES = 8;

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel()).append(' ').append(escaped(event.getFormattedMessage()));
        List<KeyValuePair> pairs = event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
        pairs.forEach(pair -> append(line, pair.key, String.valueOf(pair.value)));
        appendException(line, event.getThrowableProxy());
        return withoutKeys(line) + "\n";
    }

    /** What others log of an answer that they could not read may quote a Secret in it. */
    private static String withoutKeys(CharSequence line) {
        return LONG_BASE64.matcher(line).replaceAll(found -> "(" + found.group().length() + " characters left out)");
    }

    private static void appendException(StringBuilder line, IThrowableProxy thrown) {
        IThrowableProxy root = thrown;
        for (; root != null && root.getCause() != null; root = root.getCause()) {}
        if (root == null) {
            return;
        }
        append(line, "exception", thrown.getClassName() + ": " + thrown.getMessage());
        if (root != thrown) {
            append(line, "cause", root.getClassName() + ": " + root.getMessage());
        }
        append(
                line,
                "at",
                Arrays.stream(root.getStackTraceElementProxyArray())
                        .limit(FRAMES)
                        .map(StackTraceElementProxy::getStackTraceElement)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
    }

    private static void append(StringBuilder line, String key, String value) {
        boolean plain = value.matches("[!-~&&[^\"\\\\=]]+");
        line.append(' ').append(key).append('=').append(plain ? value : '"' + escaped(value) + '"');
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append((char) c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u%04x".formatted(c));
                    } else {
                        escaped.append((char) c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
