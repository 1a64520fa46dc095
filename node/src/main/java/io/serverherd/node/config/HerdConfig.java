package io.serverherd.node.config;

import java.util.List;

/**
 * What a server's `herd.json` says: all that may change while the server runs.
 *
 * @param neighbours  in the file's order; names are unique and never the server's own
 * @param logMessages whether every line received and sent is logged
 * @param hash        SHA-256 of the file's bytes, 64 lower-case hexadecimal digits; empty for {@link #NONE}
 */
public record HerdConfig(
        List<Neighbour> neighbours, PlacesConfig places, Limits limits, boolean logMessages, String hash) {

    /** In force until a readable file appears: no neighbours, and the default of everything else. */
    public static final HerdConfig NONE = new HerdConfig(List.of(), PlacesConfig.DEFAULT, Limits.DEFAULT, false, "");

    public HerdConfig {
        neighbours = List.copyOf(neighbours);
    }
}
