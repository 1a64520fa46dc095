package io.serverherd.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line: {@code 2026-01-01T12:04:07.123Z INFO config.loaded hash=… neighbours=2}. A value with anything
 * but plain characters is quoted, and control characters in it are escaped, so that nobody can write a line of his own.
 */
final class EventEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** As many as tell where an error came from; the rest is framework. */
    private static final int FRAMES = 12;

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel()).append(' ');
        appendEscaped(line, event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=');
                appendValue(line, pair.value);
            }
        }
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append(cause == event.getThrowableProxy() ? " exception=" : " cause=");
            appendValue(line, cause.getClassName() + ": " + cause.getMessage());
            line.append(" at=");
            appendValue(line, frames(cause.getStackTraceElementProxyArray()));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String frames(StackTraceElementProxy[] frames) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
            text.append(i == 0 ? "" : " < ").append(frames[i].getStackTraceElement());
        }
        return text.toString();
    }

    private static void appendValue(StringBuilder line, Object value) {
        if (value instanceof LineBytes bytes) {
            bytes.appendTo(line);
            return;
        }
        String text = String.valueOf(value);
        if (isPlain(text)) {
            line.append(text);
        } else {
            line.append('"');
            appendEscaped(line, text);
            line.append('"');
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\' || c == '=') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (c == '\t') {
                line.append("\\t");
            } else if (c == '\r') {
                line.append("\\r");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }

    @Override
    public byte[] headerBytes() {
        return null;
    }

    @Override
    public byte[] footerBytes() {
        return null;
    }
}
