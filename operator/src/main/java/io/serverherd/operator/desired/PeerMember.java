package io.serverherd.operator.desired;

import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.pki.ServerIdentity;
import java.util.Collection;
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
        return of(herd, herd.getSpec().servers().stream().map(ServerSpec::name).toList(), trustDomain);
    }

    /** In the order of their names; whatever the spec says. */
    public static List<PeerMember> of(ServerHerd herd, Collection<String> servers, String trustDomain) {
        HerdIdentity identity = HerdIdentity.of(herd);
        return servers.stream()
                .map(server -> of(identity, server, trustDomain))
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
