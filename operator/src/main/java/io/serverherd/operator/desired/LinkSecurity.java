package io.serverherd.operator.desired;

import io.serverherd.operator.topology.Edge;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a herd's links are to be secured at this moment, which may be on the way from one mode to another.
 *
 * @param authority   names and texts of the files in the authority's Secret; empty: there is none
 * @param credentials names and texts of the files in each server's Secret, by the server's name; a server may have none
 * @param encrypted   edges that require TLS
 * @param unsettled   edges that are not yet as the mode wants them
 */
public record LinkSecurity(
        Optional<Map<String, String>> authority,
        Map<String, Map<String, String>> credentials,
        Set<Edge> encrypted,
        Set<Edge> unsettled) {
    /** Plain TCP everywhere. */
    public static final LinkSecurity NONE = new LinkSecurity(Optional.empty(), Map.of(), Set.of(), Set.of());

    public LinkSecurity {
        credentials = Map.copyOf(credentials);
        encrypted = Set.copyOf(encrypted);
        unsettled = Set.copyOf(unsettled);
    }

    /** Without what the files say: keys are among them. */
    @Override
    public String toString() {
        return "LinkSecurity[credentials of " + credentials.keySet() + ", encrypted=" + encrypted + ", unsettled="
                + unsettled + "]";
    }
}
