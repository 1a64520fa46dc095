package io.serverherd.local.api.verb;

import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import java.util.List;
import java.util.Locale;

/**
 * How a write is meant.
 *
 * @param dryRun do everything but store
 * @param manager who will own the fields written
 * @param force take fields from other managers when applying
 */
public record WriteOptions(boolean dryRun, String manager, boolean force, UnknownFields unknownFields) {

    /** What becomes of fields that the kind does not have: they are never stored. */
    public enum UnknownFields {
        IGNORE,
        WARN,
        STRICT
    }

    /** @throws ApiException 400 when a parameter has no such value */
    public static WriteOptions of(ApiRequest request) {
        for (String dryRun : request.parameters().getOrDefault("dryRun", List.of())) {
            if (!dryRun.equals("All")) {
                throw ApiException.badRequest("invalid dryRun value \"" + dryRun + "\": use All");
            }
        }
        return new WriteOptions(
                request.parameter("dryRun").isPresent(),
                request.parameter("fieldManager").orElse(request.agent()),
                request.flag("force"),
                unknownFields(request.parameter("fieldValidation").orElse("Warn")));
    }

    private static UnknownFields unknownFields(String text) {
        try {
            return UnknownFields.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("invalid fieldValidation value \"" + text + "\": use Ignore, Warn or Strict");
        }
    }
}
