package io.serverherd.operator.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is whose neighbour: an immutable, undirected graph of server names. Everything it returns is in rising order. */
public final class Topology {
    private final SortedMap<String, SortedSet<String>> neighbours;
    private final SortedSet<Edge> edges;

    private Topology(SortedMap<String, SortedSet<String>> neighbours, SortedSet<Edge> edges) {
        this.neighbours = neighbours;
        this.edges = Collections.unmodifiableSortedSet(edges);
    }

    /** @throws IllegalArgumentException when an edge names a server that is not there */
    public static Topology of(Collection<String> servers, Collection<Edge> edges) {
        SortedMap<String, SortedSet<String>> neighbours = new TreeMap<>();
        servers.forEach(server -> neighbours.put(server, new TreeSet<>()));
        for (Edge edge : edges) {
            if (!neighbours.containsKey(edge.low()) || !neighbours.containsKey(edge.high())) {
                throw new IllegalArgumentException("edge " + edge + " names a server that is not there");
            }
            neighbours.get(edge.low()).add(edge.high());
            neighbours.get(edge.high()).add(edge.low());
        }
        neighbours.replaceAll((server, those) -> Collections.unmodifiableSortedSet(those));
        return new Topology(neighbours, new TreeSet<>(edges));
    }

    public SortedSet<String> servers() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(neighbours.keySet()));
    }

    public SortedSet<Edge> edges() {
        return edges;
    }

    /** Empty also for a server that is not there. */
    public SortedSet<String> neighbours(String server) {
        return neighbours.getOrDefault(server, Collections.emptySortedSet());
    }

    /** What was added and removed since {@code earlier}. */
    public TopologyChange changesFrom(Topology earlier) {
        return new TopologyChange(
                without(servers(), earlier.servers()),
                without(earlier.servers(), servers()),
                without(edges, earlier.edges),
                without(earlier.edges, edges));
    }

    /** The groups of servers that reach each other, the largest first. */
    public List<SortedSet<String>> components() {
        SortedSet<String> unseen = new TreeSet<>(neighbours.keySet());
        List<SortedSet<String>> components = new ArrayList<>();
        while (!unseen.isEmpty()) {
            components.add(takeReachable(unseen.first(), unseen));
        }
        components.sort(Comparator.comparingInt(component -> -component.size()));
        return components;
    }

    /** The servers without which some others no longer reach each other. */
    public SortedSet<String> articulationPoints() {
        return new ArticulationSearch().search();
    }

    /**
     * The order in which to replace servers: those first whose absence separates nobody, articulation points last, so that a
     * bad new version is noticed where it does the least harm.
     */
    public List<String> rollOrder(Collection<String> outdated) {
        SortedSet<String> last = articulationPoints();
        return outdated.stream()
                .sorted(Comparator.comparing((String server) -> last.contains(server))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private SortedSet<String> takeReachable(String start, SortedSet<String> unseen) {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        unseen.remove(start);
        while (!next.isEmpty()) {
            String server = next.remove();
            reached.add(server);
            neighbours(server).stream().filter(unseen::remove).forEach(next::add);
        }
        return reached;
    }

    private static <T> SortedSet<T> without(SortedSet<T> these, SortedSet<T> those) {
        SortedSet<T> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    /**
     * Tarjan's depth-first search: a server is an articulation point when a subtree below it has no edge to above it (the
     * root: when it has more than one subtree). At most 200 servers, so recursion is deep enough.
     */
    private final class ArticulationSearch {
        private final Map<String, Integer> order = new TreeMap<>();
        private final Map<String, Integer> highestReached = new TreeMap<>();
        private final SortedSet<String> found = new TreeSet<>();

        SortedSet<String> search() {
            for (String server : neighbours.keySet()) {
                if (!order.containsKey(server)) {
                    visit(server, null);
                }
            }
            return found;
        }

        private void visit(String server, String parent) {
            order.put(server, order.size());
            highestReached.put(server, order.get(server));
            int subtrees = 0;
            for (String neighbour : neighbours(server)) {
                if (neighbour.equals(parent)) {
                    continue;
                }
                if (order.containsKey(neighbour)) {
                    highestReached.merge(server, order.get(neighbour), Math::min);
                    continue;
                }
                visit(neighbour, server);
                subtrees++;
                highestReached.merge(server, highestReached.get(neighbour), Math::min);
                if (parent != null && highestReached.get(neighbour) >= order.get(server)) {
                    found.add(server);
                }
            }
            if (parent == null && subtrees > 1) {
                found.add(server);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Topology that && neighbours.equals(that.neighbours);
    }

    @Override
    public int hashCode() {
        return neighbours.hashCode();
    }

    @Override
    public String toString() {
        return "servers " + neighbours.keySet() + ", edges " + edges;
    }
}
