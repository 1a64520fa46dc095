package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A new herd of five until it says Ready, by turns with five bare pods of the same kind until they are ready. */
final class NewHerds {

    private static final double RATIO = 1.3;

    private final Bench bench;
    private final Random chance = new Random(1);
    private final Times herds = new Times();
    private final Times pods = new Times();

    NewHerds(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        String namespace = bench.cluster().newNamespace();
        try (Watched<ServerHerd> statuses = bench.watchHerds(namespace);
                Watched<Pod> there = bench.watchPods(namespace)) {
            // The first one is not counted: it tells what pods to compare with, and loads what is not loaded yet.
            HerdUnderTest first = herd(namespace, 0);
            first.apply(first.manifest());
            statuses.await("the first herd Ready", Conditions.all(1, "Ready"));
            List<BarePod> bare = bareOnes(namespace);
            remove(first, there);
            for (int round = 1; round <= bench.settings().rounds(); round++) {
                timePods(bare, there);
                timeHerd(herd(namespace, round), statuses, there);
                bench.report()
                        .progress(
                                "round %d: five bare pods %d ms, a herd of five %d ms",
                                round, pods.last().toMillis(), herds.last().toMillis());
            }
        }
        bench.report().times("new herd of five → Ready", herds);
        bench.report().times("five bare pods of the same kind → ready", pods);
        double ratio = (double) herds.p50().toMillis() / pods.p50().toMillis();
        String what = "new herd of five, as a ratio to five bare pods (medians)";
        String measured = String.format(Locale.ROOT, "%.2f", ratio);
        bench.report().figure(what, measured, "≤ " + RATIO, ratio <= RATIO);
        bench.cluster().deleteNamespace(namespace);
    }

    /** Of a new name each time: that the servers of the one before are gone, the cluster's DNS remembers for a while. */
    private HerdUnderTest herd(String namespace, int round) {
        return bench.herd(namespace, HerdManifest.fiveNodes("new-" + round));
    }

    /** By chance, lest the rounds keep step with the beat of the kubelet, which looks at its pods once a second. */
    private void pause() throws InterruptedException {
        Thread.sleep(1000 + chance.nextInt(1000));
    }

    private List<BarePod> bareOnes(String namespace) {
        List<BarePod> bare = new ArrayList<>();
        bench.sets(namespace).forEach(set -> bare.add(BarePod.like(set, bench.client(), "bare-" + bare.size())));
        bare.forEach(BarePod::configure);
        return bare;
    }

    private void timeHerd(HerdUnderTest herd, Watched<ServerHerd> statuses, Watched<Pod> there)
            throws InterruptedException {
        pause();
        long start = System.nanoTime();
        herd.apply(herd.manifest());
        herds.add(start, statuses.await("the herd Ready", Conditions.all(1, "Ready")));
        remove(herd, there);
    }

    private static void remove(HerdUnderTest herd, Watched<Pod> there) throws InterruptedException {
        herd.delete();
        there.await("no pods of a deleted herd", Collection::isEmpty);
    }

    private void timePods(List<BarePod> bare, Watched<Pod> there) throws InterruptedException {
        pause();
        long start = System.nanoTime();
        bare.forEach(BarePod::create);
        pods.add(start, there.await("bare pods ready", Conditions.readyPods(bare.size())));
        bare.forEach(BarePod::delete);
        there.await("no bare pods", Collection::isEmpty);
    }
}
