package io.serverherd.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a server says of itself at {@code /status}, without all that changes with traffic: two equal values mean that nothing
 * has happened that the operator cares for.
 *
 * @param configHash SHA-256 of the {@code herd.json} in force
 * @param connected  the neighbours it is connected to
 * @param encrypted  those of them it speaks TLS to
 * @param peerTls    null from a server that knows nothing of TLS
 * @param clientTlsProblem what is wrong with the files for TLS with clients; null: nothing, or there is to be none
 * @param places     how the asking of Places stands
 */
public record NodeStatus(
        String configHash,
        Set<String> connected,
        Set<String> encrypted,
        PeerTls peerTls,
        String clientTlsProblem,
        Places places) {

    /**
     * What it has to speak TLS with.
     *
     * @param certificate SHA-256 of the file in force, in hexadecimal; null: there is none
     * @param trust       the same of the certificates it trusts
     * @param notAfter    when the certificate in force ends, ISO 8601; null: there is none
     * @param problem     what is wrong with newer files; null: nothing
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PeerTls(String certificate, String trust, String notAfter, String problem) {}

    /** Whether the server has the Places key. */
    public enum PlacesKey {
        @JsonProperty("loaded")
        LOADED,
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("empty")
        EMPTY
    }

    /**
     * @param key         null from a server that does not say
     * @param keyError    why the key's file is refused; null: it is not
     * @param caError     why the authorities' file is refused; null: it is not, or none is wanted
     * @param budgetSpent whether today's share of questions is used up
     */
    public record Places(PlacesKey key, String keyError, String caError, boolean budgetSpent) {

        /** Of a server where nothing else is to be said. */
        public static Places of(PlacesKey key) {
            return new Places(key, null, null, false);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(
            String configHash,
            List<Peer> peers,
            PeerTls peerTls,
            ClientTls clientTls,
            PlacesKey placesKey,
            String placesKeyError,
            String placesCaError,
            boolean placesBudgetSpent) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Peer(String server, boolean connected, boolean tls) {}

        /** @param problem what is wrong with the files; null: nothing */
        @JsonIgnoreProperties(ignoreUnknown = true)
        record ClientTls(String problem) {}

        NodeStatus toStatus() {
            return new NodeStatus(
                    configHash == null ? "" : configHash,
                    peers(Peer::connected),
                    peers(peer -> peer.connected && peer.tls),
                    peerTls,
                    clientTls == null ? null : clientTls.problem(),
                    new Places(placesKey, placesKeyError, placesCaError, placesBudgetSpent));
        }

        private Set<String> peers(Predicate<Peer> which) {
            return peers == null
                    ? Set.of()
                    : peers.stream().filter(which).map(Peer::server).collect(Collectors.toUnmodifiableSet());
        }
    }
}
