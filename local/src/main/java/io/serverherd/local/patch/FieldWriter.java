package io.serverherd.local.patch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Who writes an object, through which door, and when.
 *
 * @param manager the field manager: the {@code fieldManager} parameter, or what is before the slash in User-Agent
 * @param apiVersion of the object as written, such as {@code apps/v1}
 * @param subresource {@code status}, {@code scale}, or empty for the object itself
 * @param ignored what this door does not write, hence is never owned through it
 * @param at cut to seconds
 */
public record FieldWriter(String manager, String apiVersion, String subresource, FieldSet ignored, Instant at) {

    private static final FieldSet STATUS = FieldSet.of("status");
    private static final FieldSet SPEC = FieldSet.of("spec");

    public FieldWriter {
        Objects.requireNonNull(manager);
        Objects.requireNonNull(apiVersion);
        Objects.requireNonNull(subresource);
        Objects.requireNonNull(ignored);
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A write to the object itself. Where the kind has a status subresource, this door does not write status. */
    public static FieldWriter ofObject(String manager, String apiVersion, boolean hasStatusSubresource, Instant at) {
        return new FieldWriter(manager, apiVersion, "", hasStatusSubresource ? STATUS : FieldSet.EMPTY, at);
    }

    /** A write to {@code /status}, which does not write the spec. */
    public static FieldWriter ofStatus(String manager, String apiVersion, Instant at) {
        return new FieldWriter(manager, apiVersion, "status", SPEC, at);
    }

    /** A write to {@code /scale}. */
    public static FieldWriter ofScale(String manager, String apiVersion, Instant at) {
        return new FieldWriter(manager, apiVersion, "scale", STATUS, at);
    }

    /** The time as managedFields write it. */
    String time() {
        return at.toString();
    }
}
