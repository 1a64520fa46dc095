package io.serverherd.operator.desired;

import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import java.util.Optional;

/**
 * Who makes a herd's certificates at this moment. On the way from one to the other it is both, until what comes is there: a
 * server takes the operator's where it has both.
 *
 * @param operator whether the operator itself does
 * @param issuer   whose cert-manager does; empty: nobody's
 */
public record CertificateMakers(boolean operator, Optional<IssuerRef> issuer) {
    private static final CertificateMakers NOBODY = new CertificateMakers(false, Optional.empty());

    /**
     * How far a herd has come.
     *
     * @param encrypted       some link is to be encrypted as the servers were last told
     * @param operatorStarted there is an authority of the operator's
     * @param operatorDone    every server has taken what the operator made
     * @param issuerStarted   of the Certificates that are there; empty: there are none
     * @param issuerDone      every server's Certificate is issued
     */
    public record Stage(
            boolean encrypted,
            boolean operatorStarted,
            boolean operatorDone,
            Optional<IssuerRef> issuerStarted,
            boolean issuerDone) {}

    public static CertificateMakers of(PeerTlsSpec wanted, Stage stage) {
        if (wanted.managed()) {
            return new CertificateMakers(true, stage.issuerStarted().filter(issuer -> !stage.operatorDone()));
        }
        if (wanted.byCertManager()) {
            return new CertificateMakers(
                    stage.operatorStarted() && !stage.issuerDone(), Optional.of(wanted.issuerRef()));
        }
        // Links that are yet to be switched keep what they have for as long as that takes; nothing is begun for them.
        return stage.encrypted() ? new CertificateMakers(stage.operatorStarted(), stage.issuerStarted()) : NOBODY;
    }
}
