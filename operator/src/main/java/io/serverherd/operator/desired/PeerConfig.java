package io.serverherd.operator.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.serverherd.operator.api.LimitsSpec;
import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One server's {@code herd.json}: its neighbours in rising order, and what the whole herd is told alike. The same topology
 * always gives the same bytes. What the spec does not say is not written, so a new member of this file changes no herd's hash.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"neighbours", "places", "limits", "logMessages"})
public record PeerConfig(List<Neighbour> neighbours, PlacesSettings places, LimitsSpec limits, Boolean logMessages) {
    /** Key of the ConfigMap and name of the mounted file. */
    public static final String FILE = "herd.json";

    // Line ends as on Linux wherever the operator runs, or the hash would differ.
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /**
     * @param address host name and port of its peer port
     * @param tls     whether the link is to be encrypted, and both its ends known
     */
    public record Neighbour(String server, String address, boolean tls) {}

    /**
     * @param encrypted edges, of any server
     * @param address   from a server's name to the address of its peer port
     */
    static PeerConfig of(
            String server,
            Topology topology,
            Set<Edge> encrypted,
            LiveSettings settings,
            Function<String, String> address) {
        List<Neighbour> neighbours = topology.neighbours(server).stream()
                .map(neighbour -> new Neighbour(
                        neighbour, address.apply(neighbour), encrypted.contains(Edge.of(server, neighbour))))
                .toList();
        return new PeerConfig(neighbours, settings.places(), settings.limits(), settings.logMessages());
    }

    /** The neighbours it is to speak TLS to. */
    SortedSet<String> encrypted() {
        return neighbours.stream()
                .filter(Neighbour::tls)
                .map(Neighbour::server)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The file's text. */
    public String json() {
        try {
            return WRITER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and numbers can always be written as JSON", e);
        }
    }

    /** SHA-256 of the file's bytes, as the server tells it of the file it runs. */
    public String hash() {
        return Sha256.hex(json());
    }
}
