package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.CertificateMakers;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.EdgeSwitch;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.PeerMember;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.observe.Observer;
import io.serverherd.operator.ops.HerdEvents;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.ServerCertificate;
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

/**
 * Keeps a herd's authority and its servers' certificates, and takes its edges from one mode to the other. What it makes is
 * random, so it makes only what is not there: all of it is read back from the Secrets.
 */
final class PeerSecurity {
    private final Observer observer;
    private final Applier applier;
    private final HerdEvents events;
    private final Clock clock;
    private final String trustDomain;
    private final CertificateMemory certificates;

    /** @param trustDomain in the identities of servers */
    PeerSecurity(Observer observer, Applier applier, HerdEvents events, Clock clock, String trustDomain) {
        this.observer = observer;
        this.applier = applier;
        this.events = events;
        this.clock = clock;
        this.trustDomain = trustDomain;
        this.certificates = new CertificateMemory(clock);
    }

    LinkSecurity of(ServerHerd herd, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        boolean encrypt = herd.peerTls().encrypted();
        List<PeerMember> members = PeerMember.of(herd, trustDomain);
        IssuedCertificates issued = new IssuedCertificates(members, observed);
        CertificateMakers makers = CertificateMakers.of(herd.peerTls(), stage(herd, members, issued, observed));
        Topology topology = DesiredHerd.topology(herd.getSpec());
        SortedSet<Edge> unsettled = otherwiseConnected(topology, members, observed, encrypt);
        if (makers.equals(CertificateMakers.NOBODY)) {
            return LinkSecurity.NONE.withUnsettled(unsettled);
        }
        LinkSecurity.Issued fromIssuer = issued.of(herd.peerTls(), makers);
        SortedSet<Edge> encrypted = encrypted(
                topology,
                members,
                observed,
                encrypt,
                server -> makers.operator()
                        || Optional.ofNullable(fromIssuer.ends().get(server.server()))
                                .filter(then -> server(server, observed).hasOneThatEnds(Optional.of(then)))
                                .isPresent());
        topology.edges().stream()
                .filter(edge -> encrypted.contains(edge) != encrypt)
                .forEach(unsettled::add);
        return new LinkSecurity(
                makers.operator() ? own(herd, members, observed, context, attempts) : LinkSecurity.Own.NOTHING,
                fromIssuer,
                encrypted,
                unsettled);
    }

    private CertificateMakers.Stage stage(
            ServerHerd herd, List<PeerMember> members, IssuedCertificates issued, ObservedHerd observed) {
        Optional<IssuerRef> issuer = issued.issuer();
        Authorities stored = stored(herd, observed);
        return new CertificateMakers.Stage(
                observed.lastApplied().stream()
                        .anyMatch(server -> !server.encrypted().isEmpty()),
                observed.objects().containsKey(authorityOf(herd)),
                issuer.isPresent() && members.stream().allMatch(member -> isRenewed(member, stored, observed)),
                issuer,
                issued.areThere());
    }

    private LinkSecurity.Own own(
            ServerHerd herd,
            List<PeerMember> members,
            ObservedHerd observed,
            Context<ServerHerd> context,
            Attempts attempts) {
        Authorities authorities = authorities(herd, members, observed, context, attempts);
        return new LinkSecurity.Own(
                Optional.of(authorities.data()).filter(files -> !files.isEmpty()),
                credentials(members, authorities, observed));
    }

    /** @param isCertified whether a server has what it was given */
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

    private Authorities authorities(
            ServerHerd herd,
            List<PeerMember> members,
            ObservedHerd observed,
            Context<ServerHerd> context,
            Attempts attempts) {
        Authorities stored = stored(herd, observed);
        Optional<Authorities.Advance> advance = stored.advance(
                clock.instant(),
                trust -> members.stream().allMatch(member -> trusts(member, trust, observed)),
                members.stream().allMatch(member -> isRenewed(member, stored, observed)));
        if (advance.isEmpty()) {
            return stored;
        }
        Authorities next = advance.get().to();
        applier.apply(PeerSecret.ofAuthority(herd, next.data()), observed, context, attempts);
        // Nothing is signed by an authority that might be forgotten.
        if (!stored(herd, observer.observe(herd, context)).data().equals(next.data())) {
            attempts.comeBack();
            return stored;
        }
        events.tellAuthority(herd, advance.get().step());
        return next;
    }

    private static Authorities stored(ServerHerd herd, ObservedHerd observed) {
        return Authorities.of(files(authorityOf(herd), observed));
    }

    private static ObjectKey authorityOf(ServerHerd herd) {
        return new ObjectKey(
                "Secret", PeerSecret.nameOfAuthority(herd.getMetadata().getName()));
    }

    /** Of the Secret; empty where there is none. */
    private static Map<String, String> files(ObjectKey secret, ObservedHerd observed) {
        return observed.objects().get(secret) instanceof Secret there ? PeerSecret.files(there) : Map.of();
    }

    private static ObservedServer server(PeerMember member, ObservedHerd observed) {
        return observed.servers().getOrDefault(member.setName(), ObservedServer.ABSENT);
    }

    private static Map<String, String> filesOf(PeerMember member, ObservedHerd observed) {
        return files(new ObjectKey("Secret", PeerSecret.nameOfServer(member.setName())), observed);
    }

    /** It will speak to whoever such an authority vouches for: it says so, or it does not run and finds it when it starts. */
    private static boolean trusts(PeerMember member, String trust, ObservedHerd observed) {
        return trust.equals(filesOf(member, observed).get(ServerCertificate.TRUST_FILE))
                && holdsItsFiles(member, observed);
    }

    private boolean isRenewed(PeerMember member, Authorities authorities, ObservedHerd observed) {
        Map<String, String> files = filesOf(member, observed);
        return authorities.signing().isPresent()
                && files.equals(certificates.of(files, member.identity(), authorities))
                && holdsItsFiles(member, observed);
    }

    private static boolean holdsItsFiles(PeerMember member, ObservedHerd observed) {
        ObservedServer server = server(member, observed);
        Map<String, String> files = filesOf(member, observed);
        return server.node().isPresent() ? server.has(PeerSecret.hashes(files)) : !server.ready();
    }

    private Map<String, Map<String, String>> credentials(
            List<PeerMember> members, Authorities authorities, ObservedHerd observed) {
        Map<String, Map<String, String>> credentials = new HashMap<>();
        for (PeerMember member : members) {
            Map<String, String> files = filesOf(member, observed);
            if (authorities.signing().isPresent()) {
                credentials.put(member.server(), certificates.of(files, member.identity(), authorities));
            } else if (PeerSecret.hashes(files).isPresent()) {
                credentials.put(member.server(), files);
            }
        }
        return credentials;
    }
}
