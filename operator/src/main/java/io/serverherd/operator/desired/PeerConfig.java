package io.serverherd.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.serverherd.operator.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * One server's {@code herd.json}: its neighbours in rising order, and how to ask Places. The same topology always gives the
 * same bytes.
 */
public record PeerConfig(List<Neighbour> neighbours, PlacesSettings places) {
    /** Key of the ConfigMap and name of the mounted file. */
    public static final String FILE = "herd.json";

    // Line ends as on Linux wherever the operator runs, or the hash would differ.
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /** @param address host name and port of its peer port */
    public record Neighbour(String server, String address) {}

    /** @param address from a server's name to the address of its peer port */
    static PeerConfig of(String server, Topology topology, PlacesSettings places, Function<String, String> address) {
        List<Neighbour> neighbours = topology.neighbours(server).stream()
                .map(neighbour -> new Neighbour(neighbour, address.apply(neighbour)))
                .toList();
        return new PeerConfig(neighbours, places);
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
        return Sha256.hex(json().getBytes(StandardCharsets.UTF_8));
    }
}
