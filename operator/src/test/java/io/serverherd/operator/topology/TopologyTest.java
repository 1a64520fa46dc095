package io.serverherd.operator.topology;

import static io.serverherd.operator.topology.DrawnTopology.draw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
    @Test
    void anEdgeMakesBothEndsNeighbours() {
        Topology topology = draw("Alford-Hamilton Alford-Welsh Ball");

        assertThat(topology.neighbours("Alford")).containsExactly("Hamilton", "Welsh");
        assertThat(topology.neighbours("Welsh")).containsExactly("Alford");
        assertThat(topology.neighbours("Ball")).isEmpty();
    }

    @Test
    void theOrderOfEndsServersAndEdgesMeansNothing() {
        assertThat(draw("B-A C-B")).isEqualTo(draw("B-C A-B"));
        assertThat(draw("B-A C-B").edges()).containsExactly(Edge.of("A", "B"), Edge.of("B", "C"));
    }

    @Test
    void anEdgeListedInBothDirectionsIsOneEdge() {
        assertThat(draw("A-B B-A").edges()).containsExactly(Edge.of("A", "B"));
    }

    @Test
    void anEdgeToAServerThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Topology.of(List.of("A"), List.of(Edge.of("A", "B"))))
                .hasMessageContaining("A-B");
    }

    @Test
    void anEdgeToItselfIsRefused() {
        assertThatThrownBy(() -> Edge.of("A", "A")).hasMessageContaining("A-A");
    }

    @Test
    void changesNameWhatWasAddedAndRemoved() {
        TopologyChange change = draw("A-B B-C D").changesFrom(draw("A-B A-C E"));

        assertThat(change.addedServers()).containsExactly("D");
        assertThat(change.removedServers()).containsExactly("E");
        assertThat(change.addedEdges()).containsExactly(Edge.of("B", "C"));
        assertThat(change.removedEdges()).containsExactly(Edge.of("A", "C"));
        assertThat(change).hasToString("added servers D; removed servers E; added edges B-C; removed edges A-C");
    }

    @Test
    void theSameTopologyHasNoChanges() {
        assertThat(draw("A-B C").changesFrom(draw("C B-A")).isEmpty()).isTrue();
    }

    @Test
    void componentsAreTheGroupsThatReachEachOther() {
        assertThat(draw("E D-E A-B B-C F").components())
                .containsExactly(
                        new TreeSet<>(Set.of("A", "B", "C")),
                        new TreeSet<>(Set.of("D", "E")),
                        new TreeSet<>(Set.of("F")));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "A, ''",
        "A-B, ''",
        "A-B B-C, B", // a chain hangs on its inner servers
        "A-B B-C C-D, B C",
        "A-B B-C C-A, ''", // a ring on none
        "A-B B-C C-A C-D, C", // a ring with a tail on the joint
        "A-B B-C C-A C-D D-E E-C, C", // two rings on the server they share
        "A-B B-C C-A D-E E-F, E", // each component by itself
        "H-A H-B H-C, H", // a star on its hub
        "B-A A-C A-D D-E, A D", // also when the search begins at an articulation point
    })
    void articulationPointsAreTheServersThatOthersHangOn(String drawn, String points) {
        assertThat(String.join(" ", draw(drawn).articulationPoints())).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0}, outdated {1} → {2}")
    @CsvSource({
        "A-B B-C, A B C, A C B",
        "H-A H-B H-C, H C A, A C H",
        "A-B B-C C-A, C B A, A B C",
        "A-B B-C, B, B",
    })
    void articulationPointsAreReplacedLast(String drawn, String outdated, String order) {
        assertThat(String.join(" ", draw(drawn).rollOrder(List.of(outdated.split(" ")))))
                .isEqualTo(order);
    }

    @Test
    void aFullSizeHerdIsSearchedToItsEnd() {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < 199; i++) {
            chain.append("s%03d-s%03d ".formatted(i, i + 1));
        }

        assertThat(draw(chain.toString()).articulationPoints()).hasSize(198);
    }
}
