package io.serverherd.local.run;

/** The run cannot start or go on; the message is all that its user gets to read: what, where, and what to do. */
public final class RunException extends Exception {

    private static final long serialVersionUID = 1L;

    public RunException(String message) {
        super(message);
    }

    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
