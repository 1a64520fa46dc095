package io.serverherd.node.config;

/** A `herd.json` that can't be used. The message says which member, what it was and what it must be. */
public final class HerdConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public HerdConfigException(String message) {
        super(message);
    }
}
