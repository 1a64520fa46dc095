package io.serverherd.local.patch;

/** A set of paths into an object, as {@code fieldsV1} writes it. Immutable. */
public final class FieldSet {

    public static final FieldSet EMPTY = new FieldSet();

    private FieldSet() {}
}
