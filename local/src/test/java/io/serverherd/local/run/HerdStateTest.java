package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class HerdStateTest {

    private static final String STARTING = herd(1, "False", "0/2", "0/1", "Waiting for 2 servers", "false", "false");
    private static final String READY = herd(1, "True", "2/2", "1/1", "Running", "true", "true");

    @Test
    void eachServerAndTheEdgesGetALineWhenTheyAreFirstSeen() {
        assertThat(state(STARTING).changesFrom(HerdState.unknown("h")))
                .containsExactly(
                        "h: server A is starting",
                        "h: server B is starting",
                        "h: edges connected 0/1",
                        "h: not ready: Waiting for 2 servers");
    }

    @Test
    void whatBecomesReadyIsSaid() {
        HerdState ready = state(READY);

        assertThat(ready.ready()).isTrue();
        assertThat(ready.changesFrom(state(STARTING)))
                .containsExactly(
                        "h: server A is ready (2/2)",
                        "h: server B is ready (2/2)",
                        "h: edges connected 1/1",
                        "h: ready: Running");
    }

    @Test
    void whatIsLostIsSaid() {
        HerdState lost = state(herd(1, "False", "1/2", "0/1", "Waiting for 1 server", "true", "false"));

        assertThat(lost.changesFrom(state(READY)))
                .containsExactly(
                        "h: server B is not ready (1/2)",
                        "h: edges connected 0/1",
                        "h: not ready: Waiting for 1 server");
    }

    @Test
    void aServerThatWasTakenOutHasLeft() {
        HerdState smaller = HerdState.of(Serialization.unmarshal(
                READY.replace("  - {name: B, ready: true}\n", ""), GenericKubernetesResource.class));

        assertThat(smaller.changesFrom(state(READY))).containsExactly("h: server B has left the herd");
    }

    @Test
    void nothingIsSaidWhenNothingChanged() {
        assertThat(state(READY).changesFrom(state(READY))).isEmpty();
        assertThat(state("kind: ServerHerd\nmetadata: {name: h, generation: 1}\n")
                        .changesFrom(HerdState.unknown("h")))
                .isEmpty();
    }

    @Test
    void readyCountsOnlyForTheNewestSpec() {
        assertThat(state(READY.replace("generation: 1", "generation: 2")).ready())
                .isFalse();
    }

    private static HerdState state(String yaml) {
        return HerdState.of(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    private static String herd(
            int observed, String ready, String servers, String edges, String state, String a, String b) {
        return """
                kind: ServerHerd
                metadata: {name: h, generation: 1}
                status:
                  observedGeneration: %d
                  conditions:
                  - {type: TopologyConverged, status: "False"}
                  - {type: Ready, status: "%s"}
                  summary: {servers: %s, edges: %s, state: %s}
                  servers:
                  - {name: A, ready: %s}
                  - {name: B, ready: %s}
                """.formatted(observed, ready, servers, edges, state, a, b);
    }
}
