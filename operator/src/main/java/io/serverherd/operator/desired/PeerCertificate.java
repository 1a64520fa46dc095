package io.serverherd.operator.desired;

import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.certmanager.Certificate;
import java.util.List;

/** One server's certificate for its links, where cert-manager keeps it; the pod mounts the Secret of the same name. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /** @param set of the server's StatefulSet */
    public static String nameOf(String set) {
        return set + "-peer-cert";
    }

    static Certificate of(HerdIdentity herd, PeerMember server, IssuerRef issuer) {
        return IssuedCertificate.of(
                herd.metadata(
                        nameOf(server.setName()), Labels.ofServer(herd.name(), server.server(), server.setName())),
                Labels.ofIssuedSecret(herd.name(), server.server(), server.setName()),
                List.of(server.identity().uri()),
                List.of(server.identity().host()),
                List.of(IssuedCertificate.SERVER_AUTH, IssuedCertificate.CLIENT_AUTH),
                issuer);
    }
}
