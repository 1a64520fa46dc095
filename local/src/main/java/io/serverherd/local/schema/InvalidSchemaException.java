package io.serverherd.local.schema;

/** A definition's schema or one of its rules cannot be used; the message names the place in it. */
public final class InvalidSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSchemaException(String message) {
        super(message);
    }

    public InvalidSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
