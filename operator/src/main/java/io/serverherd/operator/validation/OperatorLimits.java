package io.serverherd.operator.validation;

import io.serverherd.operator.observe.Availability;

/** What a good spec asks for that this operator, or this cluster, may not have. */
public final class OperatorLimits {
    private static final String PEER_TLS_NOT_PERMITTED = "PeerTlsNotPermitted";
    private static final String CLIENT_TLS_NOT_PERMITTED = "ClientTlsNotPermitted";
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
        return issued(
                certificates,
                "spec.peerTls.mode: CertManager",
                "set another mode",
                PEER_TLS_NOT_PERMITTED,
                "Peer TLS not permitted");
    }

    /** @param certificates where the herd is, which wants cert-manager to make the certificate for clients */
    public static Validation issuedForClients(Availability certificates) {
        return issued(
                certificates,
                "spec.clientTls.issuerRef",
                "set secretRef instead",
                CLIENT_TLS_NOT_PERMITTED,
                "Client TLS not permitted");
    }

    private static Validation issued(
            Availability certificates, String field, String instead, String notPermitted, String state) {
        return switch (certificates) {
            case AVAILABLE -> Validation.GOOD;
            case MISSING ->
                Validation.ofOperator(
                        CERT_MANAGER_MISSING,
                        "cert-manager is missing",
                        field + " needs cert-manager, and the cluster does not know"
                                + " certificates.cert-manager.io: install cert-manager, or " + instead);
            case NOT_PERMITTED ->
                Validation.ofOperator(
                        notPermitted,
                        state,
                        field + " needs an operator that may keep certificates.cert-manager.io,"
                                + " and this one may not: install it with certManager, or " + instead);
        };
    }
}
