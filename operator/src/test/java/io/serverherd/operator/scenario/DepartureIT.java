package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A herd goes, or all that is around it, with the operator there or away: nothing hangs, and nothing stays behind. */
@AloneOnARealCluster
class DepartureIT {
    private static final HerdManifest TRIO =
            HerdManifest.herd("brief").servers("A B C").edges("A-B B-C");
    private static final Duration BOUND = Duration.ofSeconds(60);

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @ParameterizedTest
    @CsvSource({"true, BACKGROUND", "true, FOREGROUND", "false, BACKGROUND", "false, FOREGROUND"})
    void aHerdThatIsDeletedLeavesNothing(boolean operatorIsThere, DeletionPropagation how) throws Exception {
        HerdUnderTest herd = CLUSTER.apply(TRIO).awaitReady();
        assertThat(herd.objects()).contains("Pod/brief-a-0", "StatefulSet/brief-b", "Service/brief-peers");

        with(operatorIsThere, () -> {
            CLUSTER.client()
                    .resource(TRIO.in(herd.namespace()))
                    .withPropagationPolicy(how)
                    .delete();

            await().atMost(BOUND).untilAsserted(() -> {
                assertThat(herd.read().isMissingNode()).isTrue();
                assertThat(herd.objects()).isEmpty();
            });
        });
        await().during(Duration.ofSeconds(2))
                .atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNamespaceThatIsDeletedGoesWithItsHerds(boolean operatorIsThere) throws Exception {
        HerdUnderTest herd =
                CLUSTER.apply(TRIO.with("storage", Map.of("size", "64Mi"))).awaitReady();
        CLUSTER.apply(herd.namespace(), new HerdManifest("other", TRIO.spec())).awaitReady();

        with(operatorIsThere, () -> {
            CLUSTER.client().namespaces().withName(herd.namespace()).delete();

            await().atMost(BOUND).untilAsserted(() -> assertThat(CLUSTER.client()
                            .namespaces()
                            .withName(herd.namespace())
                            .get())
                    .isNull());
        });
        CLUSTER.apply(TRIO).awaitReady();
    }

    private interface Deed {
        void run() throws Exception;
    }

    private static void with(boolean operatorIsThere, Deed deed) throws Exception {
        if (operatorIsThere) {
            deed.run();
            return;
        }
        CLUSTER.operator().stop();
        try {
            deed.run();
        } finally {
            CLUSTER.startOperator().awaitReady();
        }
    }
}
