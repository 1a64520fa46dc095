package io.serverherd.operator.desired;

import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.topology.Edge;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * How a herd's links are to be secured at this moment, which may be on the way from one mode to another.
 *
 * @param own       what the operator made
 * @param issued    what cert-manager makes
 * @param encrypted edges that require TLS
 * @param unsettled edges that are not yet as the mode wants them
 */
public record LinkSecurity(Own own, Issued issued, Set<Edge> encrypted, Set<Edge> unsettled) {
    /** Plain TCP everywhere. */
    public static final LinkSecurity NONE = new LinkSecurity(Own.NOTHING, Issued.NOTHING, Set.of(), Set.of());

    public LinkSecurity {
        encrypted = Set.copyOf(encrypted);
        unsettled = Set.copyOf(unsettled);
    }

    /**
     * What the operator made.
     *
     * @param authority   names and texts of the files in the authority's Secret; empty: there is none
     * @param credentials names and texts of the files in each server's Secret, by the server's name; a server may have none
     */
    public record Own(Optional<Map<String, String>> authority, Map<String, Map<String, String>> credentials) {
        public static final Own NOTHING = new Own(Optional.empty(), Map.of());

        public Own {
            credentials = Map.copyOf(credentials);
        }

        /** Without what the files say: keys are among them. */
        @Override
        public String toString() {
            return "Own[credentials of " + credentials.keySet() + "]";
        }
    }

    /**
     * What cert-manager makes.
     *
     * @param issuer  empty: nothing
     * @param ends    when the certificates end that servers should have by now, by the server's name
     * @param awaited why there is no certificate, by the Certificate's name
     */
    public record Issued(Optional<IssuerRef> issuer, Map<String, Instant> ends, SortedMap<String, String> awaited) {
        public static final Issued NOTHING = new Issued(Optional.empty(), Map.of(), Collections.emptySortedMap());
    }
}
