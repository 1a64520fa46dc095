package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches a herd's pods go and come: in which order, and how many are away at once. */
final class Replacements implements AutoCloseable, Watcher<Pod> {

    private final Map<String, Boolean> ready = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Watch watch;
    private int mostAwayAtOnce;

    private Replacements(KubernetesClient client, HerdUnderTest herd) {
        List<Pod> pods = herd.pods();
        pods.forEach(pod -> ready.put(server(pod), true));
        watch = client.pods()
                .inNamespace(pods.get(0).getMetadata().getNamespace())
                .withLabel("serverherd.io/herd", herd.manifest().name())
                .watch(this);
    }

    static Replacements watch(KubernetesClient client, HerdUnderTest herd) {
        return new Replacements(client, herd);
    }

    @Override
    public synchronized void eventReceived(Action action, Pod pod) {
        boolean going = action == Action.DELETED || pod.getMetadata().getDeletionTimestamp() != null;
        ready.put(server(pod), !going && Readiness.getInstance().isReady(pod));
        if (action == Action.DELETED) {
            order.add(server(pod));
        }
        int away = (int) ready.values().stream().filter(r -> !r).count();
        mostAwayAtOnce = Math.max(mostAwayAtOnce, away);
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException("the watch ended before the test", cause);
    }

    @Override
    public void onClose() {
        // The test is done with it.
    }

    synchronized List<String> order() {
        return List.copyOf(order);
    }

    synchronized int mostAwayAtOnce() {
        return mostAwayAtOnce;
    }

    private static String server(Pod pod) {
        return pod.getMetadata().getLabels().get("serverherd.io/server");
    }

    @Override
    public void close() {
        watch.close();
    }
}
