package io.serverherd.node.tls;

/** Files that a server can't prove with who it is. The message says which file and what is wrong, and has none of a key. */
public final class RefusedCredentialsException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedCredentialsException(String file, String what) {
        super(file + ": " + what);
    }
}
