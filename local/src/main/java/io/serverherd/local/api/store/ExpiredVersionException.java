package io.serverherd.local.api.store;

/** A watch asked for changes that the log no longer has; its client must list again. */
public final class ExpiredVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpiredVersionException(long asked, long oldest) {
        super("too old resource version: %d (%d)".formatted(asked, oldest));
    }
}
