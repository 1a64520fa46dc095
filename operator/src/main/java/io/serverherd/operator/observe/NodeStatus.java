package io.serverherd.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server says of itself at {@code /status}, without all that changes with traffic: two equal values mean that nothing
 * has happened that the operator cares for.
 *
 * @param configHash SHA-256 of the {@code herd.json} in force
 * @param connected  the neighbours it is connected to
 * @param placesKey  null from a server that does not say
 */
public record NodeStatus(String configHash, Set<String> connected, PlacesKey placesKey) {

    /** Whether the server has the Places key. */
    public enum PlacesKey {
        @JsonProperty("loaded")
        LOADED,
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("empty")
        EMPTY
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(String configHash, List<Peer> peers, PlacesKey placesKey) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Peer(String server, boolean connected) {}

        NodeStatus toStatus() {
            Set<String> connected = peers == null
                    ? Set.of()
                    : peers.stream().filter(Peer::connected).map(Peer::server).collect(Collectors.toUnmodifiableSet());
            return new NodeStatus(configHash == null ? "" : configHash, connected, placesKey);
        }
    }
}
