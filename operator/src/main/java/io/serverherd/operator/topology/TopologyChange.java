package io.serverherd.operator.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** What differs between two topologies. */
public record TopologyChange(
        SortedSet<String> addedServers,
        SortedSet<String> removedServers,
        SortedSet<Edge> addedEdges,
        SortedSet<Edge> removedEdges) {

    public boolean isEmpty() {
        return addedServers.isEmpty() && removedServers.isEmpty() && addedEdges.isEmpty() && removedEdges.isEmpty();
    }

    /** Such as {@code added servers Ball; removed edges Alford-Welsh}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        say(parts, "added servers", addedServers);
        say(parts, "removed servers", removedServers);
        say(parts, "added edges", addedEdges);
        say(parts, "removed edges", removedEdges);
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }

    private static void say(List<String> parts, String what, Collection<?> names) {
        if (!names.isEmpty()) {
            parts.add(what + " "
                    + String.join(", ", names.stream().map(Object::toString).toList()));
        }
    }
}
