package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one of several operators run its passes, by a Lease.
 *
 * <pre>
 *            free, or not renewed for 15 s by its holder
 *  stands by ─────────────────────────────────────────▶ leads, renews every 3 s
 *      ▲                                                  │ taken by another, or not renewed for 10 s
 *      │        passes ended within 4 s                   ▼
 *      └──────────────────────────────────────────────── lost ──▶ a pass goes on: the process ends
 * </pre>
 *
 * <p>Only this machine's own, steady clock is used: when a holder last renewed is when a change of the Lease was seen, never
 * what is written in it. 10 + 4 is less than 15, so the old leader is done before a new one begins.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration RENEW_EVERY = Duration.ofSeconds(3);
    static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
    static final Duration PATIENCE_WITH_PASSES = Duration.ofSeconds(4);
    /** Also how long a released Lease is nobody's, at most. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** After a request that failed. */
    static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(500);
    /** For what happens between two looks at a clock. */
    private static final Duration MARGIN = Duration.ofMillis(500);
    /** Far more than two requests take. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(60);

    private final OperatorLease lease;
    private final LeaderPasses passes;
    private final Consequences consequences;
    private final LongSupplier nanoTime;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "leader-election");

    /** As it was last written by this operator; null when that is not known for certain. */
    private Lease held;
    /** Of the Lease as it was last seen. */
    private String seenVersion = "";

    private long freeAt;
    private long renewedAt;
    private volatile boolean leads;
    private volatile Optional<Long> triedAt = Optional.empty();
    private volatile String leader = "";
    private volatile Optional<String> problem = Optional.of("the lease has not been looked at yet");

    /** What else depends on leading. */
    public interface Consequences {
        /** Passes have ended, and others may run elsewhere. */
        void stoodDown();

        /** A pass doesn't end: nothing but the end of the process keeps it from writing. Does not return. */
        void endProcess();
    }

    /**
     * @param namespace of the Lease
     * @param self      no other operator's name
     */
    public LeaderElection(
            KubernetesClient client,
            String namespace,
            String self,
            LeaderPasses passes,
            Consequences consequences,
            LongSupplier nanoTime) {
        lease = new OperatorLease(client, namespace, self, LEASE);
        this.passes = passes;
        this.consequences = consequences;
        this.nanoTime = nanoTime;
        freeAt = nanoTime.getAsLong();
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Who leads, when it is another operator. */
    public Optional<String> standsByFor() {
        return leads ? Optional.empty() : Optional.of(leader.isEmpty() ? "nobody yet" : leader);
    }

    /** Why the last look at the lease failed; empty when it didn't. */
    public Optional<String> problem() {
        return problem;
    }

    /** Says so when nobody tries any more to lead, which no other sign would tell. */
    public Optional<String> stuck() {
        return triedAt.map(tried -> Duration.ofNanos(nanoTime.getAsLong() - tried))
                .filter(silence -> silence.compareTo(STUCK_AFTER) > 0)
                .map(silence -> "nobody has looked at the lease for " + silence.toSeconds() + " s");
    }

    /** Leaves the lease to others, if all passes have ended; to be called after these have been asked to. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(OperatorLease.REQUEST_TIMEOUT.multipliedBy(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (leads && passes.isTerminated()) {
            release();
        }
    }

    private void release() {
        try {
            lease.get().filter(lease::isHeldByThis).ifPresent(lease::release);
            LOG.atInfo().log("leader.released");
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("error", e.getMessage()).log("leader.not-released");
        }
    }

    private void run() {
        try {
            Duration pause = step();
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at the lease, and what follows from it; returns how long to wait for the next. */
    Duration step() throws InterruptedException {
        triedAt = Optional.of(nanoTime.getAsLong());
        boolean failed = false;
        try {
            look();
            problem = Optional.empty();
        } catch (RuntimeException e) {
            failed = true;
            held = null;
            tell(e);
        }
        if (leads && !passes.mayBegin()) {
            leader = "";
            lose("not renewed in time");
        }
        if (failed) {
            return leads ? shorter(TRY_AGAIN_AFTER, until(renewedAt + GIVE_UP_AFTER.toNanos())) : TRY_AGAIN_AFTER;
        }
        return leads ? RENEW_EVERY : shorter(LOOK_EVERY, until(freeAt));
    }

    private void look() throws InterruptedException {
        Optional<Lease> there = held == null ? lease.get() : Optional.of(held);
        there.ifPresent(this::observe);
        boolean own = there.map(lease::isHeldByThis).orElse(leads);
        long asked = nanoTime.getAsLong();
        if (own || asked - freeAt >= 0) {
            held = there.isPresent() ? lease.take(there.get()) : lease.create();
            renewedAt = asked;
            observe(held);
            gain();
        } else if (leads) {
            lose("taken by " + leader);
        }
    }

    /** A Lease that was deleted is its last holder's until it would have run out. */
    private void observe(Lease seen) {
        String version = seen.getMetadata().getResourceVersion();
        if (!version.equals(seenVersion)) {
            seenVersion = version;
            freeAt = nanoTime.getAsLong() + lease.durationOf(seen).toNanos();
        }
        String holder = OperatorLease.holderOf(seen);
        if (!holder.equals(leader) && !holder.isEmpty() && !lease.isHeldByThis(seen)) {
            LOG.atInfo().addKeyValue("leader", holder).log("leader.standby");
        }
        leader = holder;
    }

    private void gain() {
        if (!leads) {
            LOG.atInfo().log("leader.gained");
        }
        leads = true;
        passes.allowUntil(renewedAt + GIVE_UP_AFTER.toNanos());
    }

    private void lose(String why) throws InterruptedException {
        LOG.atWarn().addKeyValue("why", why).log("leader.lost");
        leads = false;
        held = null;
        Duration untilAnotherLeads = until(renewedAt + LEASE.minus(MARGIN).toNanos());
        if (passes.forbid(shorter(PATIENCE_WITH_PASSES, untilAnotherLeads))) {
            consequences.stoodDown();
        } else {
            LOG.atError().log("leader.pass-does-not-end");
            consequences.endProcess();
        }
    }

    /** Told once, however often it is met; not that another was faster, of whom the next look tells. */
    private void tell(RuntimeException e) {
        int code = e instanceof KubernetesClientException answer ? answer.getCode() : 0;
        if (code == HttpURLConnection.HTTP_CONFLICT) {
            return;
        }
        String what = code > 0 ? e.getMessage() : "no answer from the API server";
        Optional<String> now = Optional.of(lease + ": " + what);
        if (!problem.equals(now)) {
            LOG.atWarn().addKeyValue("problem", now.get()).log("leader.lease-trouble");
            LOG.atDebug().setCause(e).log("leader.lease-trouble");
        }
        problem = now;
    }

    private Duration until(long time) {
        return Duration.ofNanos(Math.max(0, time - nanoTime.getAsLong()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
