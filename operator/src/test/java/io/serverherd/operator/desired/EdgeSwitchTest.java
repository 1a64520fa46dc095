package io.serverherd.operator.desired;

import static io.serverherd.operator.topology.DrawnTopology.draw;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EdgeSwitchTest {
    private static final Topology LINE = draw("A-B B-C C-D");

    private final Set<String> unable = new HashSet<>();
    private final Set<Edge> unsettled = new HashSet<>();

    @Test
    void aNewHerdBeginsAsItIsToBe() {
        assertThat(encrypted(true, LINE, List.of())).isEqualTo(LINE.edges());
        assertThat(encrypted(false, LINE, List.of())).isEmpty();
    }

    @Test
    void edgesOfARunningHerdAreSwitchedOneAtATime() {
        assertThat(drawn(encrypted(true, LINE, given(LINE, "")))).isEqualTo("A-B");
        assertThat(drawn(encrypted(true, LINE, given(LINE, "A-B")))).isEqualTo("A-B B-C");
        assertThat(drawn(encrypted(true, LINE, given(LINE, "A-B B-C C-D")))).isEqualTo("A-B B-C C-D");
    }

    @Test
    void andBack() {
        assertThat(drawn(encrypted(false, LINE, given(LINE, "A-B B-C C-D")))).isEqualTo("B-C C-D");
        assertThat(drawn(encrypted(false, LINE, given(LINE, "C-D")))).isEmpty();
        assertThat(drawn(encrypted(false, LINE, given(LINE, "")))).isEmpty();
    }

    @Test
    void theNextOneWaitsUntilTheLastIsConnectedAgain() {
        unsettled.add(Edge.of("A", "B"));

        assertThat(drawn(encrypted(true, LINE, given(LINE, "A-B")))).isEqualTo("A-B");
    }

    @Test
    void anEdgeWaitsForBothItsEndsToHaveCertificates() {
        unable.add("A");
        assertThat(drawn(encrypted(true, LINE, given(LINE, "")))).isEqualTo("B-C");

        unable.addAll(Set.of("B", "C"));
        assertThat(drawn(encrypted(true, LINE, given(LINE, "")))).isEmpty();
        assertThat(drawn(encrypted(false, LINE, given(LINE, "A-B B-C C-D")))).isEqualTo("B-C C-D");
    }

    @Test
    void anEdgeThatIsAddedMeanwhileIsAsItIsToBeAtOnce() {
        unsettled.add(Edge.of("A", "B"));
        Topology more = draw("A-B B-C C-D A-D");

        assertThat(drawn(encrypted(true, more, given(LINE, "A-B")))).isEqualTo("A-B A-D");
        assertThat(drawn(encrypted(false, more, given(LINE, "B-C C-D")))).isEqualTo("B-C C-D");
    }

    @Test
    void whereOnlyOneEndWasToldTheOtherFollows() {
        List<DesiredServer> half = new ArrayList<>(given(LINE, ""));
        half.set(1, server("B", LINE, Set.of(Edge.of("B", "C"))));
        unsettled.add(Edge.of("B", "C"));

        assertThat(drawn(encrypted(true, LINE, half))).isEqualTo("B-C");
        assertThat(drawn(encrypted(false, LINE, half))).as("and back").isEmpty();
    }

    private SortedSet<Edge> encrypted(boolean encrypt, Topology topology, List<DesiredServer> given) {
        return new EdgeSwitch(encrypt, server -> !unable.contains(server), edge -> !unsettled.contains(edge))
                .encrypted(topology, given);
    }

    private static List<DesiredServer> given(Topology topology, String encrypted) {
        Set<Edge> edges = encrypted.isEmpty() ? Set.of() : draw(encrypted).edges();
        return topology.servers().stream()
                .map(server -> server(server, topology, edges))
                .toList();
    }

    private static DesiredServer server(String name, Topology topology, Set<Edge> encrypted) {
        SortedSet<String> those = new TreeSet<>(topology.neighbours(name));
        those.removeIf(neighbour -> !encrypted.contains(Edge.of(name, neighbour)));
        return new DesiredServer(
                name, "h-" + name, topology.neighbours(name), those, "", Optional.empty(), Optional.empty());
    }

    private static String drawn(Set<Edge> edges) {
        return String.join(" ", edges.stream().sorted().map(Edge::toString).toList());
    }
}
