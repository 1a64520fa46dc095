package io.serverherd.node.tls;

import java.security.cert.CertificateException;

/** The other end of a connection is not who may be there. Of the kind that makes a handshake fail when thrown in it. */
public final class RefusedPeerException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedPeerException(Refusal reason) {
        this(reason, reason.why());
    }

    RefusedPeerException(Refusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
