package io.serverherd.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/**
 * Objects as of one moment.
 *
 * @param version where a watch goes on from this list
 */
public record Listing(List<ObjectNode> objects, long version) {

    static final Comparator<ObjectNode> BY_NAME = Comparator.comparing((ObjectNode object) ->
                    object.path("metadata").path("namespace").asText())
            .thenComparing(object -> object.path("metadata").path("name").asText());
}
