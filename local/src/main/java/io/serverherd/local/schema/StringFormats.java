package io.serverherd.local.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/** The formats of strings that are checked; others say something to readers only. */
final class StringFormats {

    private StringFormats() {}

    /** The format of a string's schema, or empty. */
    static String of(StructuralSchema schema) {
        String format = schema.constraints().format();
        return format == null ? "" : format;
    }

    static boolean fits(String format, String text) {
        try {
            switch (format) {
                case "date-time" -> OffsetDateTime.parse(text.replace(' ', 'T'));
                case "date" -> LocalDate.parse(text);
                case "duration" -> GoDuration.parse(text);
                case "byte" -> Base64.getDecoder().decode(text);
                case "uuid" -> UUID.fromString(text);
                default -> {
                    return true;
                }
            }
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }
}
