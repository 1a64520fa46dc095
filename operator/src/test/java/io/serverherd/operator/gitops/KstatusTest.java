package io.serverherd.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.status.RecordedHerds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that wait for a herd by the common rules are told the truth in every situation. */
class KstatusTest {
    private static final Map<String, ServerHerd> RECORDED = RecordedHerds.all();

    @ParameterizedTest
    @CsvSource({
        "new,           InProgress",
        "coming-up,     InProgress",
        "unschedulable, InProgress",
        "failing,       InProgress",
        "ready,         Current",
        "edited,        InProgress",
        "rewiring,      InProgress",
        "edge-down,     InProgress",
        "applying,      InProgress",
        "rolling,       InProgress",
        "renewing-sets, InProgress",
        "server-lost,   InProgress",
        "key-missing,   Current",
        "name-taken,    InProgress",
        "api-refuses,   InProgress",
        "paused,         Current",
        "paused-waiting, Failed",
        "spec-refused,  Failed",
        "deleting,      Terminating",
    })
    void aSituationIsTakenForWhatItIs(String situation, Kstatus expected) {
        assertThat(Kstatus.of(json(RECORDED.get(situation)))).isEqualTo(expected);
    }

    @Test
    void everySituationIsJudged() throws NoSuchMethodException {
        CsvSource judged = KstatusTest.class
                .getDeclaredMethod("aSituationIsTakenForWhatItIs", String.class, Kstatus.class)
                .getAnnotation(CsvSource.class);

        assertThat(Stream.of(judged.value()).map(row -> row.split(",")[0]))
                .containsExactlyInAnyOrderElementsOf(RECORDED.keySet());
    }

    /** The rules look at one of the two and take no notice of the other. */
    @ParameterizedTest
    @MethodSource("reported")
    void aHerdIsReadyOrOnItsWayOrStalledAndNeverTwoOfThem(String situation) {
        List<String> holding = RECORDED.get(situation).getStatus().conditions().stream()
                .filter(HerdCondition::holds)
                .map(HerdCondition::type)
                .toList();

        assertThat(holding).doesNotContainSequence("Reconciling", "Stalled");
        assertThat(holding.contains("Reconciling") || holding.contains("Stalled"))
                .as("on its way or stalled, of %s", holding)
                .isEqualTo(!holding.containsAll(Set.of("Ready", "TopologyConverged")));
    }

    static Stream<String> reported() {
        return RECORDED.entrySet().stream()
                .filter(herd -> !herd.getValue().getStatus().conditions().isEmpty())
                .map(Map.Entry::getKey);
    }

    private static JsonNode json(ServerHerd herd) {
        return new ObjectMapper().valueToTree(herd);
    }
}
