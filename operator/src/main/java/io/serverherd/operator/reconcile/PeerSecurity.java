package io.serverherd.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.CertificateMakers;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.desired.EdgeSwitch;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.PeerMember;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sees to it that a herd's servers have certificates, and takes its edges from one mode to the other. */
final class PeerSecurity {
    private final AuthorityKeeper authority;
    private final Applier applier;
    private final Clock clock;
    private final String trustDomain;
    private final CertificateMemory memory = new CertificateMemory();

    /** @param trustDomain in the identities of servers */
    PeerSecurity(AuthorityKeeper authority, Applier applier, Clock clock, String trustDomain) {
        this.authority = authority;
        this.applier = applier;
        this.clock = clock;
        this.trustDomain = trustDomain;
    }

    /**
     * What was decided.
     *
     * @param observed the herd by which that was decided, its authority as it is by now
     */
    record Secured(LinkSecurity links, ObservedHerd observed) {}

    Secured secure(ServerHerd herd, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        List<PeerMember> members = PeerMember.of(herd, trustDomain);
        IssuedCertificates issued = new IssuedCertificates(members, observed);
        HeldCertificates before = held(herd, members, observed);
        CertificateMakers makers = CertificateMakers.of(herd.peerTls(), stage(before, issued));
        HeldCertificates own = makers.operator() ? authority.keep(herd, before, context, attempts) : before;
        return new Secured(links(herd, members, makers, own, issued), own.observed());
    }

    /** Of the operator's own making. */
    static boolean holdsCertificates(ServerHerd herd, ObservedHerd observed) {
        return observed.secret(PeerSecret.nameOfAuthority(herd.getMetadata().getName()))
                .isPresent();
    }

    /**
     * Renews the certificates of a herd that is left as it is: it goes on serving, for months perhaps, and they end after a
     * few weeks. Its authority and everything else stay as they are. No pod is touched: that the kubelet takes a while is
     * nothing to ten days.
     */
    void renew(ServerHerd herd, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        List<String> certified = observed.lastApplied().stream()
                .filter(server -> observed.secret(PeerSecret.nameOfServer(server.setName()))
                        .isPresent())
                .map(DesiredServer::name)
                .toList();
        List<PeerMember> members = PeerMember.of(herd, certified, trustDomain);
        HeldCertificates held = held(herd, members, observed);
        for (PeerMember member : members) {
            held.renewal(member)
                    .ifPresent(files ->
                            applier.apply(PeerSecret.ofServer(herd, member, files), observed, context, attempts));
        }
    }

    private HeldCertificates held(ServerHerd herd, List<PeerMember> members, ObservedHerd observed) {
        return HeldCertificates.of(herd.getMetadata().getName(), members, observed, memory, clock.instant());
    }

    private static CertificateMakers.Stage stage(HeldCertificates held, IssuedCertificates issued) {
        Optional<IssuerRef> issuer = issued.issuer();
        return new CertificateMakers.Stage(
                held.observed().lastApplied().stream()
                        .anyMatch(server -> !server.encrypted().isEmpty()),
                held.authoritysSecret().isPresent(),
                issuer.isPresent() && held.allAreRenewed(),
                issuer,
                issued.areThere());
    }

    private static LinkSecurity links(
            ServerHerd herd,
            List<PeerMember> members,
            CertificateMakers makers,
            HeldCertificates own,
            IssuedCertificates issued) {
        boolean encrypt = herd.peerTls().encrypted();
        ObservedHerd observed = own.observed();
        Topology topology = DesiredHerd.topology(herd.getSpec());
        LinkSecurity.Issued fromIssuer = issued.of(herd.peerTls(), makers);
        SortedSet<Edge> encrypted = encrypted(
                topology,
                members,
                observed,
                encrypt,
                member -> makers.operator() ? own.isRenewed(member) : hasTaken(fromIssuer, member, observed));
        SortedSet<Edge> unsettled = otherwiseConnected(topology, members, observed, encrypt);
        topology.edges().stream()
                .filter(edge -> encrypted.contains(edge) != encrypt)
                .forEach(unsettled::add);
        return new LinkSecurity(
                makers.operator() ? own.secrets() : LinkSecurity.Own.NOTHING, fromIssuer, encrypted, unsettled);
    }

    private static boolean hasTaken(LinkSecurity.Issued issued, PeerMember member, ObservedHerd observed) {
        return Optional.ofNullable(issued.ends().get(member.server()))
                .filter(end -> server(member, observed).hasOneThatEnds(Optional.of(end)))
                .isPresent();
    }

    /** @param isCertified whether a server has what it was given now, and not only what it had before */
    private static SortedSet<Edge> encrypted(
            Topology topology,
            List<PeerMember> members,
            ObservedHerd observed,
            boolean encrypt,
            Predicate<PeerMember> isCertified) {
        Set<String> able = members.stream()
                .filter(member -> server(member, observed).hasCertificate() && isCertified.test(member))
                .map(PeerMember::server)
                .collect(Collectors.toSet());
        Map<String, ObservedServer> servers =
                members.stream().collect(Collectors.toMap(PeerMember::server, member -> server(member, observed)));
        Map<String, String> given = new HashMap<>();
        observed.lastApplied().forEach(server -> given.put(server.name(), server.configHash()));
        EdgeSwitch edges = new EdgeSwitch(encrypt, able::contains, edge -> {
            ObservedServer low = servers.get(edge.low());
            ObservedServer high = servers.get(edge.high());
            return !low.ready()
                    || !high.ready()
                    || low.runs(given.get(edge.low()))
                            && high.runs(given.get(edge.high()))
                            && isConnected(low, edge.high(), encrypt)
                            && isConnected(high, edge.low(), encrypt);
        });
        return edges.encrypted(topology, observed.lastApplied());
    }

    /** Edges that are connected, and not as they are to be in the end: told so or not, they are yet to be dialled again. */
    private static SortedSet<Edge> otherwiseConnected(
            Topology topology, List<PeerMember> members, ObservedHerd observed, boolean encrypt) {
        Map<String, ObservedServer> servers =
                members.stream().collect(Collectors.toMap(PeerMember::server, member -> server(member, observed)));
        return topology.edges().stream()
                .filter(edge -> isConnected(servers.get(edge.low()), edge.high(), !encrypt)
                        || isConnected(servers.get(edge.high()), edge.low(), !encrypt))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isConnected(ObservedServer server, String neighbour, boolean encrypt) {
        return server.connectedTo(neighbour) && server.encryptsTo(neighbour) == encrypt;
    }

    private static ObservedServer server(PeerMember member, ObservedHerd observed) {
        return observed.servers().getOrDefault(member.setName(), ObservedServer.ABSENT);
    }
}
