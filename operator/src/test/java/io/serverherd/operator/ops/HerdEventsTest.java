package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.topology.DrawnTopology;
import io.serverherd.operator.topology.TopologyChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HerdEventsTest {
    private static final TopologyChange CHANGE = DrawnTopology.draw("A-B").changesFrom(DrawnTopology.draw("A B"));

    private final List<String> told = new ArrayList<>();
    private final HerdEvents events = new HerdEvents((herd, reason, message) -> told.add(reason + ": " + message));
    private final ServerHerd herd = Herds.herd("h", "A-B");

    /** Conditions are {@code Type=Status/Reason}. */
    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource({
        // a new herd: what is not yet is no news
        "'',                              Ready=False/ServersNotReady,            ''",
        "'',                              TopologyConverged=False/ServersNotReady, ''",
        "Ready=False/ServersNotReady,     Ready=True/AllServersReady,             Ready",
        "TopologyConverged=False/Rewiring, TopologyConverged=True/EveryEdgeConnected, TopologyConverged",
        // a state that goes on is no news
        "Ready=True/AllServersReady,      Ready=True/AllServersReady,             ''",
        "Ready=False/ServersNotReady,     Ready=False/ServersNotReady,            ''",
        "Ready=False/ServersFailing,      Ready=False/ServersFailing,             ''",
        "Ready=False/ServersFailing,      Ready=False/ServersNotReady,            ''",
        // turns for the worse
        "Ready=True/AllServersReady,      Ready=False/ServersNotReady,            NotReady",
        "Ready=False/ServersNotReady,     Ready=False/ServersFailing,             NotReady",
        "Ready=False/RollingUpdate,       Ready=False/ServersFailing,             NotReady",
        "TopologyConverged=True/EveryEdgeConnected, TopologyConverged=False/EdgesDown, TopologyBroken",
        "Ready=False/ServersNotReady,     Ready=False/ApplyFailed,                ApplyFailed",
        "'',                              PlacesKeyAvailable=False/KeyMissing,    PlacesKeyUnavailable",
        "PlacesKeyAvailable=True/KeyLoaded, PlacesKeyAvailable=False/KeyRefused, PlacesKeyUnavailable",
        "'',                              PlacesBudgetExhausted=True/DayUsedUp,   PlacesBudgetExhausted",
        "PlacesBudgetExhausted=True/DayUsedUp, PlacesBudgetExhausted=True/DayUsedUp, ''",
        "PlacesKeyAvailable=False/KeyMissing, PlacesKeyAvailable=True/KeyLoaded,  PlacesKeyLoaded",
        "'',                              Stalled=True/SpecRefused,               SpecRefused",
        "'',                              NameConflict=True/ForeignObject,        NameConflict",
        // a spec refused after a pause, which was another stall
        "Stalled=True/Paused,             Stalled=True/SpecRefused,               SpecRefused",
        "'',                              Stalled=True/Paused,                    ''",
        // what someone asked for is no turn for the worse
        "Ready=True/AllServersReady,      Ready=False/RollingUpdate,              ''",
        "TopologyConverged=True/EveryEdgeConnected, TopologyConverged=False/Rewiring, ''",
        "TopologyConverged=False/Rewiring, TopologyConverged=False/EdgesDown,     ''",
    })
    void onlyTurnsAreTold(String before, String after, String reason) {
        herd.setStatus(status(before));

        events.tellTransitions(herd, status(after));

        assertThat(told).isEqualTo(reason.isEmpty() ? List.of() : List.of(reason + ": why"));
    }

    @Test
    void aNewHerdIsCreatedAndALaterChangeIsOne() {
        events.tellChange(herd, CHANGE);
        herd.setStatus(status("Ready=True/AllServersReady"));
        herd.getMetadata().setGeneration(2L);
        events.tellChange(herd, CHANGE);

        assertThat(told).containsExactly("Created: added edges A-B", "TopologyChanged: added edges A-B");
    }

    @Test
    void aChangeThatTakesManyPassesIsToldOnce() {
        herd.setStatus(status("Ready=False/NameConflict"));

        events.tellChange(herd, CHANGE);

        assertThat(told).isEmpty();
    }

    @Test
    void nothingIsToldOfAPausedHerd() {
        ServerHerd paused = Herds.with(herd, "paused", true);

        events.tellChange(paused, CHANGE);
        events.tellTransitions(paused, status("Ready=True/AllServersReady"));

        assertThat(told).isEmpty();
    }

    private static ServerHerdStatus status(String conditions) {
        return new ServerHerdStatus(
                1L,
                Arrays.stream(conditions.split(" "))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.split("[=/]"))
                        .map(part -> new HerdCondition(
                                part[0], Status.valueOf(part[1]), 1L, "2026-01-01T12:00:00Z", part[2], "why"))
                        .toList(),
                null,
                null);
    }
}
