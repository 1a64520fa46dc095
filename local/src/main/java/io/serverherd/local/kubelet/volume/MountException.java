package io.serverherd.local.kubelet.volume;

/** A volume cannot be made (yet); the message is what a kubelet says in its FailedMount event. */
public final class MountException extends Exception {

    private static final long serialVersionUID = 1L;

    public MountException(String message) {
        super(message);
    }

    public MountException(String message, Throwable cause) {
        super(message, cause);
    }
}
