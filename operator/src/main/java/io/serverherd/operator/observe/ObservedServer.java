package io.serverherd.operator.observe;

import io.serverherd.operator.desired.CredentialHashes;
import java.time.Instant;
import java.util.Optional;

/**
 * One server as it is.
 *
 * @param node what the server says of itself; empty while it has not answered
 */
public record ObservedServer(Optional<ObservedSet> set, Optional<ObservedPod> pod, Optional<NodeStatus> node) {

    public static final ObservedServer ABSENT =
            new ObservedServer(Optional.empty(), Optional.empty(), Optional.empty());

    public boolean ready() {
        return pod.filter(p -> p.ready() && !p.terminating()).isPresent();
    }

    /** The pod was made from an older template than its set has now. */
    public boolean outdated() {
        return set.flatMap(ObservedSet::revision)
                .flatMap(wanted ->
                        pod.filter(p -> !p.terminating()).map(p -> !p.revision().equals(Optional.of(wanted))))
                .orElse(false);
    }

    public boolean runs(String configHash) {
        return node.filter(n -> n.configHash().equals(configHash)).isPresent();
    }

    /** It says so; or it does not say, as one of an older image. */
    public boolean has(Optional<CredentialHashes> credentials) {
        return credentials.isEmpty()
                || node.map(NodeStatus::peerTls)
                        .map(own -> new CredentialHashes(own.certificate(), own.trust()))
                        .map(credentials.get()::equals)
                        .orElse(true);
    }

    /** As {@link #has}, of a certificate of which only its end is known. */
    public boolean hasOneThatEnds(Optional<Instant> then) {
        return then.isEmpty()
                || node.map(NodeStatus::peerTls)
                        .map(own -> then.get().toString().equals(own.notAfter()))
                        .orElse(true);
    }

    /** What is wrong with certificates that it was given and has not taken. */
    public Optional<String> certificateProblem() {
        return node.map(NodeStatus::peerTls).map(NodeStatus.PeerTls::problem);
    }

    /** What is wrong with what it was given to speak TLS with clients. */
    public Optional<String> clientTlsProblem() {
        return node.map(NodeStatus::clientTlsProblem);
    }

    /** It can show who it is. */
    public boolean hasCertificate() {
        return node.map(NodeStatus::peerTls)
                .map(NodeStatus.PeerTls::certificate)
                .isPresent();
    }

    public boolean encryptsTo(String server) {
        return node.filter(n -> n.encrypted().contains(server)).isPresent();
    }

    public boolean connectedTo(String server) {
        return node.filter(n -> n.connected().contains(server)).isPresent();
    }
}
