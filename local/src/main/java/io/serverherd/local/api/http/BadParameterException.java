package io.serverherd.local.api.http;

/** A query parameter has no value of its type; answered with code 400. */
public final class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadParameterException(String name, String value, String expected) {
        super("invalid %s \"%s\": must be %s".formatted(name, value, expected));
    }
}
