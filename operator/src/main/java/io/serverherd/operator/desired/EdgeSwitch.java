package io.serverherd.operator.desired;

import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a running herd from plain links to TLS or back, one edge at a time: the next one when the last is connected as it is to
 * be. Edges that are new need no switch.
 *
 * @param encrypt whether links are to be encrypted in the end
 * @param able    whether a server can speak TLS by now
 * @param settled whether an edge is connected as its ends were last told, or can't be now
 */
public record EdgeSwitch(boolean encrypt, Predicate<String> able, Predicate<Edge> settled) {

    /**
     * Which edges require TLS now.
     *
     * @param given what the servers were last given
     */
    public SortedSet<Edge> encrypted(Topology wanted, Collection<DesiredServer> given) {
        Map<String, DesiredServer> before =
                given.stream().collect(Collectors.toMap(DesiredServer::name, Function.identity()));
        SortedSet<Edge> waiting = new TreeSet<>();
        SortedSet<Edge> switched = new TreeSet<>();
        wanted.edges().forEach(edge -> (waits(edge, before) ? waiting : switched).add(edge));
        if (switched.stream().allMatch(settled)) {
            next(waiting).ifPresent(edge -> {
                waiting.remove(edge);
                switched.add(edge);
            });
        }
        return encrypt ? switched : waiting;
    }

    /** Both ends were told otherwise. Where only one was, a crash came between: then the other one follows. */
    private boolean waits(Edge edge, Map<String, DesiredServer> before) {
        List<Boolean> ends = Stream.of(
                        end(before.get(edge.low()), edge.high()), end(before.get(edge.high()), edge.low()))
                .flatMap(Optional::stream)
                .toList();
        return !ends.isEmpty() && !ends.contains(encrypt);
    }

    /** What one end was told of the edge; empty: nothing yet. */
    private static Optional<Boolean> end(DesiredServer server, String neighbour) {
        return Optional.ofNullable(server)
                .filter(known -> known.neighbours().contains(neighbour))
                .map(known -> known.encrypted().contains(neighbour));
    }

    private Optional<Edge> next(SortedSet<Edge> waiting) {
        return waiting.stream()
                .filter(edge -> !encrypt || able.test(edge.low()) && able.test(edge.high()))
                .findFirst();
    }
}
