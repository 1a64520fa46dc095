package io.serverherd.local.patch;

/** A patch that cannot be applied; the message is meant for the one who sent it. */
public final class PatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, as the Status reason and HTTP code to answer with. */
    public enum Reason {
        BAD_REQUEST("BadRequest", 400),
        INVALID("Invalid", 422),
        TOO_LARGE("RequestEntityTooLarge", 413),
        INTERNAL("InternalError", 500);

        private final String text;
        private final int code;

        Reason(String text, int code) {
            this.text = text;
            this.code = code;
        }

        public String text() {
            return text;
        }

        public int code() {
            return code;
        }
    }

    private final Reason reason;

    public PatchException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
