package io.serverherd.local.kubelet;

/** A container cannot be configured (yet): the message of the reason CreateContainerConfigError. */
final class ContainerConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    ContainerConfigException(String message) {
        super(message);
    }
}
