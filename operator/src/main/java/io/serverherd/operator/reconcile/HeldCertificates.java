package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.PeerMember;
import io.serverherd.operator.desired.PeerSecret;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.ServerCertificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a herd's Secrets hold of its own authority and of its servers' certificates, and what they should hold by it. Read once:
 * a herd may have 200 of them.
 */
final class HeldCertificates {
    private final String authoritysName;
    private final List<PeerMember> members;
    private final CertificateMemory memory;
    private final ObservedHerd observed;
    private final Authorities authorities;
    private final boolean canSign;
    /** Names and texts, by the server's name. */
    private final Map<String, Map<String, String>> files = new HashMap<>();
    /** Those it has where they are good; a server may have none. */
    private final Map<String, Map<String, String>> wanted = new HashMap<>();

    private HeldCertificates(
            String authoritysName,
            List<PeerMember> members,
            ObservedHerd observed,
            CertificateMemory memory,
            Instant now) {
        this.authoritysName = authoritysName;
        this.members = members;
        this.memory = memory;
        this.observed = observed;
        this.authorities = Authorities.of(filesOf(authoritysName));
        this.canSign = authorities.canSignAt(now);
        for (PeerMember member : members) {
            Map<String, String> has = filesOf(PeerSecret.nameOfServer(member.setName()));
            files.put(member.server(), has);
            if (canSign) {
                wanted.put(member.server(), memory.of(has, member.identity(), authorities, now));
            } else if (PeerSecret.hashes(has).isPresent()) {
                // What can't be renewed stays: by an authority that has expired it would be no better, in each pass.
                wanted.put(member.server(), has);
            }
        }
    }

    /** @param herd its name */
    static HeldCertificates of(
            String herd, List<PeerMember> members, ObservedHerd observed, CertificateMemory memory, Instant now) {
        return new HeldCertificates(PeerSecret.nameOfAuthority(herd), members, observed, memory, now);
    }

    /** Of the same servers, as they are now. */
    HeldCertificates seenIn(ObservedHerd later, Instant now) {
        return new HeldCertificates(authoritysName, members, later, memory, now);
    }

    /** What they were read from. */
    ObservedHerd observed() {
        return observed;
    }

    /** In which the authority is kept, in whatever state. */
    Optional<Secret> authoritysSecret() {
        return observed.secret(authoritysName);
    }

    Authorities authorities() {
        return authorities;
    }

    /** It will speak to whoever such authorities vouch for: it says so, or it does not run and finds them when it starts. */
    boolean allTrust(String trust) {
        return members.stream()
                .allMatch(member -> trust.equals(files.get(member.server()).get(ServerCertificate.TRUST_FILE))
                        && hasTakenItsFiles(member));
    }

    boolean allAreRenewed() {
        return members.stream().allMatch(this::isRenewed);
    }

    /** It shows, and trusts, what the authorities of now say. */
    boolean isRenewed(PeerMember member) {
        return canSign && renewal(member).isEmpty() && hasTakenItsFiles(member);
    }

    private boolean hasTakenItsFiles(PeerMember member) {
        ObservedServer server = observed.servers().getOrDefault(member.setName(), ObservedServer.ABSENT);
        return server.node().isPresent() ? server.has(PeerSecret.hashes(files.get(member.server()))) : !server.ready();
    }

    /** The files that the server is to have where it has others; empty: those it has are good, or none better can be had. */
    Optional<Map<String, String>> renewal(PeerMember member) {
        return Optional.of(wanted.getOrDefault(member.server(), Map.of()))
                .filter(then -> canSign && !then.equals(files.get(member.server())));
    }

    /** As they are to be. */
    LinkSecurity.Own secrets() {
        return new LinkSecurity.Own(Optional.of(authorities.data()).filter(texts -> !texts.isEmpty()), wanted);
    }

    /** Of the Secret; empty where there is none. */
    private Map<String, String> filesOf(String secret) {
        return observed.secret(secret).map(PeerSecret::files).orElse(Map.of());
    }
}
