package io.serverherd.operator.desired;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.pki.ServerIdentity;
import java.util.Comparator;
import java.util.List;

/**
 * One server, as its neighbours know it.
 *
 * @param setName of its StatefulSet
 */
public record PeerMember(String server, String setName, ServerIdentity identity) {

    /** In the order of their names. */
    public static List<PeerMember> of(ServerHerd herd, String trustDomain) {
        HerdIdentity identity = HerdIdentity.of(herd);
        return herd.getSpec().servers().stream()
                .map(server -> of(identity, server.name(), trustDomain))
                .sorted(Comparator.comparing(PeerMember::server))
                .toList();
    }

    static PeerMember of(HerdIdentity herd, String server, String trustDomain) {
        return new PeerMember(
                server,
                ServerName.of(herd.name(), server),
                new ServerIdentity(trustDomain, herd.namespace(), herd.name(), server, herd.peerHost(server)));
    }
}
