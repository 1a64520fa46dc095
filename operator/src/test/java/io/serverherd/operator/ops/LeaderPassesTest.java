package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaderPassesTest {
    private final AtomicLong now = new AtomicLong();
    private final LeaderPasses passes = new LeaderPasses(now::get);
    private final AtomicInteger ran = new AtomicInteger();

    @AfterEach
    void stop() {
        passes.shutdownNow();
    }

    @Test
    void passesWaitUntilTheyAreAllowed() {
        passes.execute(ran::incrementAndGet);
        passes.execute(ran::incrementAndGet);
        await().until(() -> passes.getCompletedTaskCount() == 2);
        assertThat(ran).hasValue(0);

        passes.allowForEver();

        await().until(() -> ran.get() == 2);
    }

    @Test
    void thePermissionEndsByItself() {
        passes.allowUntil(10);
        assertThat(passes.mayBegin()).isTrue();

        now.set(10);

        assertThat(passes.mayBegin()).isFalse();
        passes.execute(ran::incrementAndGet);
        await().until(() -> passes.getCompletedTaskCount() == 1);
        assertThat(ran).hasValue(0);
        passes.allowUntil(20);
        await().until(() -> ran.get() == 1);
    }

    @Test
    void whoForbidsWaitsForThePassThatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch ends = new CountDownLatch(1);
        passes.allowForEver();
        passes.execute(() -> {
            running.countDown();
            try {
                ends.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();

        assertThat(passes.forbid(Duration.ZERO)).as("with a pass that goes on").isFalse();
        ends.countDown();
        assertThat(passes.forbid(Duration.ofSeconds(30))).as("when it ends").isTrue();

        assertThat(passes.mayBegin()).isFalse();
    }

    @Test
    void noPassIsLostBetweenForbiddingAndAllowing() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            passes.execute(ran::incrementAndGet);
            passes.forbid(Duration.ofSeconds(30));
            passes.allowForEver();
        }

        await().untilAsserted(() -> assertThat(ran).hasValue(2_000));
    }
}
