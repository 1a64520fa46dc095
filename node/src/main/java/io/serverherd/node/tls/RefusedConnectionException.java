package io.serverherd.node.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;

/** The other end of a connection is not who may be there. Of the kind that makes a handshake fail when thrown in it. */
public final class RefusedConnectionException extends CertificateException {
    private static final long serialVersionUID = 1L;

    /** What Java and BoringSSL say when the other end sent none; there is no exception of its own. */
    private static final List<String> NO_CERTIFICATE =
            List.of("Empty client certificate chain", "PEER_DID_NOT_RETURN_A_CERTIFICATE");

    /** Of what others say so many characters are passed on: some repeat all that a stranger has sent. */
    private static final int EXCERPT = 200;

    private final Refusal reason;

    RefusedConnectionException(Refusal reason) {
        this(reason, reason.why());
    }

    RefusedConnectionException(Refusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }

    /** Why a handshake failed. */
    public static RefusedConnectionException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedConnectionException refused) {
                return refused;
            }
            if (cause instanceof SslHandshakeTimeoutException) {
                return new RefusedConnectionException(Refusal.HANDSHAKE_TIMEOUT);
            }
            if (cause instanceof NotSslRecordException) {
                return new RefusedConnectionException(Refusal.PROTOCOL, Refusal.PROTOCOL.why() + ": no record of TLS");
            }
            if (NO_CERTIFICATE.stream().anyMatch(String.valueOf(cause.getMessage())::contains)) {
                return new RefusedConnectionException(Refusal.NO_CERTIFICATE);
            }
        }
        String said = String.valueOf(failure.getMessage());
        return new RefusedConnectionException(
                Refusal.PROTOCOL, Refusal.PROTOCOL.why() + ": " + said.substring(0, Math.min(said.length(), EXCERPT)));
    }
}
