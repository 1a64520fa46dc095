package io.serverherd.operator.validation;

import io.serverherd.operator.observe.Availability;

/** What a good spec asks for that this operator, or this cluster, may not have. */
public final class OperatorLimits {
    private static final String PEER_TLS_NOT_PERMITTED = "PeerTlsNotPermitted";
    private static final String CERT_MANAGER_MISSING = "CertManagerMissing";

    private OperatorLimits() {}

    /** @param secrets where the herd is, which wants the operator to make its certificates */
    public static Validation managed(Availability secrets) {
        return secrets == Availability.AVAILABLE
                ? Validation.GOOD
                : Validation.ofOperator(
                        PEER_TLS_NOT_PERMITTED,
                        "Peer TLS not permitted",
                        "spec.peerTls.mode: Managed needs an operator that may keep Secrets, and this one"
                                + " may not: install it with peerTls.managed, or set another mode");
    }

    /** @param certificates where the herd is, which wants cert-manager to make its certificates */
    public static Validation issued(Availability certificates) {
        return switch (certificates) {
            case AVAILABLE -> Validation.GOOD;
            case MISSING ->
                Validation.ofOperator(
                        CERT_MANAGER_MISSING,
                        "cert-manager is missing",
                        "spec.peerTls.mode: CertManager needs cert-manager, and the cluster does not know"
                                + " certificates.cert-manager.io: install cert-manager, or set another mode");
            case NOT_PERMITTED ->
                Validation.ofOperator(
                        PEER_TLS_NOT_PERMITTED,
                        "Peer TLS not permitted",
                        "spec.peerTls.mode: CertManager needs an operator that may keep certificates.cert-manager.io,"
                                + " and this one may not: install it with certManager, or set another mode");
        };
    }
}
