package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whenever and however often the operator is killed, a herd's life comes to the same end, to the byte. */
@AloneOnARealCluster
class OperatorKilledIT {
    private static final HerdManifest LINE =
            HerdManifest.herd("line").servers("A B C").edges("A-B B-C");

    private static final HerdManifest REWIRED = LINE.servers("A C D").edges("A-C C-D A-D");

    /** The same seed gives the same moments, as far as the machine is as fast: {@code -Dscenario.seed=…}. */
    private static final long SEED = Long.getLong("scenario.seed", System.nanoTime());

    /** Fewer where everybody runs the tests: each costs two seconds. */
    private static final int KILLS = Integer.getInteger("scenario.kills", OperatedCluster.isReal() ? 20 : 8);

    /** After an edit: the operator is at work at once. */
    private static final Duration AT_WORK = Duration.ofSeconds(1);
    /** After a start, of which it needs a part to start at all. */
    private static final Duration STARTING = Duration.ofSeconds(3);

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private final Random random = new Random(SEED);

    /** What a person does to the herd, and what that comes to when it goes well. */
    private record Stage(String name, Consumer<HerdUnderTest> edit, Consumer<HerdUnderTest> awaitEnd) {}

    private static final List<Stage> LIFE = List.of(
            new Stage("created", herd -> herd.apply(LINE), HerdUnderTest::awaitReady),
            new Stage("rewired", herd -> herd.apply(REWIRED), HerdUnderTest::awaitReady),
            new Stage("rolled", herd -> herd.apply(REWIRED.ofOtherPods()), HerdUnderTest::awaitReady),
            new Stage("deleted", HerdUnderTest::delete, OperatorKilledIT::awaitGone));

    /** One after the other in one namespace, for its name is in the addresses of the servers. */
    @Test
    void killedAtRandomMomentsOfAHerdsLifeItComesToTheSameEnd() throws Exception {
        HerdUnderTest herd = CLUSTER.herd(CLUSTER.newNamespace(), LINE);
        List<EndState> undisturbed = new ArrayList<>();
        for (Stage stage : LIFE) {
            stage.edit().accept(herd);
            stage.awaitEnd().accept(herd);
            herd.awaitQuiet();
            undisturbed.add(EndState.of(CLUSTER.client(), herd.namespace()));
        }

        for (Stage stage : LIFE) {
            stage.edit().accept(herd);
            List<Integer> moments = killAtRandomMoments();

            stage.awaitEnd().accept(herd);
            EndState expected = undisturbed.get(LIFE.indexOf(stage));
            await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                            EndState.of(CLUSTER.client(), herd.namespace()).differencesFrom(expected))
                    .as(
                            "the herd when it was %s, its operator killed %s ms after it began; -Dscenario.seed=%d",
                            stage.name(), moments, SEED)
                    .isEmpty());
        }
    }

    /** Returns after how many milliseconds each operator was killed. */
    private List<Integer> killAtRandomMoments() throws Exception {
        List<Integer> moments = new ArrayList<>();
        while (moments.size() < KILLS / LIFE.size()) {
            Duration longest = moments.isEmpty() ? AT_WORK : STARTING;
            int moment = random.nextInt((int) longest.toMillis());
            Thread.sleep(moment);
            CLUSTER.operator().kill();
            CLUSTER.startOperator();
            moments.add(moment);
        }
        return moments;
    }

    private static void awaitGone(HerdUnderTest herd) {
        await().atMost(OperatedCluster.PATIENCE)
                .untilAsserted(() -> assertThat(herd.objects()).isEmpty());
    }
}
