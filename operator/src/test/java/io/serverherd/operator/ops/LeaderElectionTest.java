package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two operators and one API; their clock stands still until it is moved. */
class LeaderElectionTest {
    private static final Duration RUNS_OUT = LeaderElection.LEASE;
    private static final Duration ALMOST = Duration.ofMillis(1);

    @TempDir
    private static Path state;

    private static LocalCluster cluster;

    private final AtomicLong now = new AtomicLong(1_000);
    private final Candidate alice = new Candidate("alice");
    private final Candidate bob = new Candidate("bob");

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(new LocalCluster.Options(state, LocalCluster.randomPodNetwork(), Images.none()));
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @AfterEach
    void stop() {
        alice.stop();
        bob.stop();
        lease().delete();
    }

    @Test
    void oneLeadsAndTheOtherStandsBy() throws Exception {
        alice.looks();
        bob.looks();

        assertThat(alice.leads()).isTrue();
        assertThat(alice.election.standsByFor()).isEmpty();
        assertThat(bob.leads()).isFalse();
        assertThat(bob.election.standsByFor()).contains("alice");
        assertThat(bob.election.problem()).isEmpty();
    }

    @Test
    void aLeaderThatRenewsIsNotReplaced() throws Exception {
        alice.looks();

        for (int i = 0; i < 10; i++) {
            bob.looks();
            pass(LeaderElection.RENEW_EVERY);
            assertThat(alice.looks()).isEqualTo(LeaderElection.RENEW_EVERY);
            bob.looks();
        }

        assertThat(alice.leads()).isTrue();
        assertThat(bob.leads()).isFalse();
        assertThat(lease().get().getSpec().getLeaseTransitions()).isZero();
    }

    @Test
    void aLeaderThatFallsSilentIsReplacedWhenItsLeaseHasRunOutAndIsDoneBefore() throws Exception {
        alice.looks();
        bob.looks();

        pass(RUNS_OUT.minus(ALMOST));
        bob.looks();
        assertThat(bob.leads()).isFalse();
        assertThat(alice.leads()).as("of itself, without a word from anybody").isFalse();
        pass(ALMOST);
        bob.looks();

        assertThat(bob.leads()).isTrue();
        assertThat(lease().get().getSpec().getLeaseTransitions()).isOne();
        alice.looks();
        alice.looks();
        assertThat(alice.election.standsByFor()).contains("bob");
        assertThat(alice.stoodDown).hasValue(1);
    }

    @Test
    void whoStandsByLooksWhenTheLeaseRunsOutAndNotLater() throws Exception {
        alice.looks();
        bob.looks();
        pass(RUNS_OUT.minus(Duration.ofMillis(300)));

        assertThat(bob.looks()).isEqualTo(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2170-01-01T00:00:00Z"})
    void theClocksOfOthersDoNotMatter(String renewed) throws Exception {
        create(new LeaseBuilder()
                .withNewSpec()
                .withHolderIdentity("carol")
                .withLeaseDurationSeconds(5)
                .withRenewTime(ZonedDateTime.parse(renewed))
                .endSpec());
        alice.looks();
        pass(Duration.ofSeconds(5).minus(ALMOST));
        alice.looks();
        assertThat(alice.leads()).isFalse();

        pass(ALMOST);
        alice.looks();

        assertThat(alice.leads()).isTrue();
    }

    @Test
    void aReleasedLeaseIsTakenAtTheNextLook() throws Exception {
        alice.looks();
        bob.looks();

        alice.passes.shutdown();
        alice.passes.awaitTermination(30, TimeUnit.SECONDS);
        alice.election.close();
        bob.looks();

        assertThat(bob.leads()).isTrue();
    }

    @Test
    void aLeaseIsNotReleasedWhileAPassRuns() throws Exception {
        alice.looks();
        bob.looks();
        CountDownLatch ends = alice.beginsAPass();

        alice.passes.shutdown();
        alice.election.close();
        bob.looks();

        assertThat(bob.leads()).isFalse();
        ends.countDown();
    }

    @Test
    void withoutTheApiALeaderStandsDownAndTakesUpItsLeaseAgainAfterwards() throws Exception {
        alice.looks();
        alice.reachesTheApi = false;
        pass(LeaderElection.RENEW_EVERY);
        assertThat(alice.looks()).isLessThan(LeaderElection.LOOK_EVERY);
        assertThat(alice.leads()).as("a while after the last renewal").isTrue();
        assertThat(alice.election.problem()).hasValueSatisfying(problem -> assertThat(problem)
                .isEqualTo("Lease default/serverherd-operator: no answer from the API server"));

        pass(LeaderElection.GIVE_UP_AFTER.minus(LeaderElection.RENEW_EVERY));
        alice.looks();
        alice.passes.execute(alice.ran::incrementAndGet);

        assertThat(alice.leads()).isFalse();
        assertThat(alice.stoodDown).hasValue(1);
        alice.reachesTheApi = true;
        alice.looks();
        assertThat(alice.leads()).isTrue();
        await().until(() -> alice.ran.get() == 1);
    }

    @Test
    void aLeaderTriesOnceMoreBeforeItGivesUp() throws Exception {
        alice.looks();
        alice.reachesTheApi = false;
        pass(LeaderElection.GIVE_UP_AFTER.minus(Duration.ofMillis(200)));

        assertThat(alice.looks()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aPassThatDoesNotEndBeforeAnotherMayLeadEndsTheProcess() throws Exception {
        alice.looks();
        CountDownLatch ends = alice.beginsAPass();
        alice.reachesTheApi = false;

        pass(RUNS_OUT);
        alice.looks();

        assertThat(alice.ended).hasValue(1);
        assertThat(alice.stoodDown).hasValue(0);
        ends.countDown();
    }

    @Test
    void aLeaseThatAnotherTookIsLostAtTheNextRenewal() throws Exception {
        alice.looks();
        lease().edit(lease -> new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("carol")
                .endSpec()
                .build());

        alice.looks();
        alice.looks();

        assertThat(alice.leads()).isFalse();
        assertThat(alice.election.standsByFor()).contains("carol");
        assertThat(alice.stoodDown).hasValue(1);
    }

    @Test
    void aLeaseThatChangedInItsHandsIsStillItsOwn() throws Exception {
        alice.looks();
        lease().edit(lease -> new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations("seen-by", "somebody")
                .endMetadata()
                .build());

        assertThat(alice.looks()).isEqualTo(LeaderElection.TRY_AGAIN_AFTER);
        alice.looks();

        assertThat(alice.leads()).isTrue();
        assertThat(alice.stoodDown).hasValue(0);
        assertThat(lease().get().getMetadata().getAnnotations()).containsKey("seen-by");
    }

    @Test
    void aDeletedLeaseIsItsLeadersUntilItWouldHaveRunOut() throws Exception {
        alice.looks();
        bob.looks();

        lease().delete();
        bob.looks();
        assertThat(bob.leads()).isFalse();
        pass(LeaderElection.RENEW_EVERY);
        alice.looks();
        alice.looks();

        assertThat(alice.leads()).isTrue();
        assertThat(lease().get().getSpec().getHolderIdentity()).isEqualTo("alice");
    }

    @Test
    void aLeaseThatSaysNothingIsNobodys() throws Exception {
        create(new LeaseBuilder());

        alice.looks();

        assertThat(alice.leads()).isTrue();
    }

    @Test
    void anOperatorStartedAgainUnderItsNameLeadsAtOnce() throws Exception {
        alice.looks();
        Candidate again = new Candidate("alice");

        again.looks();

        assertThat(again.leads()).isTrue();
        again.stop();
    }

    @Test
    void thatNobodyLooksAtTheLeaseIsNoticed() throws Exception {
        pass(Duration.ofHours(1));
        assertThat(alice.election.stuck()).as("not begun yet").isEmpty();
        alice.looks();

        pass(Duration.ofSeconds(61));

        assertThat(alice.election.stuck()).contains("nobody has looked at the lease for 61 s");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Resource<Lease> lease() {
        return cluster.client().leases().inNamespace("default").withName("serverherd-operator");
    }

    private static void create(LeaseBuilder lease) {
        cluster.client()
                .resource(lease.withNewMetadata()
                        .withNamespace("default")
                        .withName("serverherd-operator")
                        .endMetadata()
                        .build())
                .create();
    }

    /** An operator with nothing in it but what leading takes. */
    private final class Candidate implements LeaderElection.Consequences, Interceptor {
        final LeaderPasses passes = new LeaderPasses(now::get);
        final AtomicInteger ran = new AtomicInteger();
        final AtomicInteger stoodDown = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        final KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(cluster.apiUrl())
                        .build())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("way", this))
                .build();
        final LeaderElection election;
        volatile boolean reachesTheApi = true;

        Candidate(String name) {
            election = new LeaderElection(client, "default", name, passes, this, now::get);
        }

        Duration looks() throws InterruptedException {
            return election.step();
        }

        boolean leads() {
            return passes.mayBegin();
        }

        /** It ends when the latch is counted down. */
        CountDownLatch beginsAPass() throws InterruptedException {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch ends = new CountDownLatch(1);
            passes.execute(() -> {
                running.countDown();
                try {
                    ends.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            running.await();
            return ends;
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!reachesTheApi) {
                builder.uri(URI.create("http://127.0.0.1:1/nobody-listens-here"));
            }
        }

        @Override
        public void stoodDown() {
            stoodDown.incrementAndGet();
        }

        @Override
        public void endProcess() {
            ended.incrementAndGet();
        }

        void stop() {
            passes.shutdownNow();
            client.close();
        }
    }
}
