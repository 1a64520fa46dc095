package io.serverherd.operator.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Graphs as text: {@code "A-B B-C D"} is two edges and a server without any. */
public final class DrawnTopology {
    private DrawnTopology() {}

    public static Topology draw(String text) {
        Set<String> servers = new TreeSet<>();
        List<Edge> edges = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            String[] ends = word.split("-");
            servers.addAll(List.of(ends));
            if (ends.length == 2) {
                edges.add(Edge.of(ends[0], ends[1]));
            }
        }
        return Topology.of(servers, edges);
    }
}
