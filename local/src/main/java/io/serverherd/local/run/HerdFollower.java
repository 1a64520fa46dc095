package io.serverherd.local.run;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says on the screen what changes in the herds of all namespaces. */
final class HerdFollower implements AutoCloseable {

    private static final ResourceDefinitionContext HERDS = new ResourceDefinitionContext.Builder()
            .withGroup("serverherd.io")
            .withVersion("v1alpha1")
            .withKind("ServerHerd")
            .withPlural("serverherds")
            .withNamespaced(true)
            .build();

    private final Screen screen;
    private final String awaited;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Map<String, HerdState> states = new ConcurrentHashMap<>();
    private final SharedIndexInformer<GenericKubernetesResource> herds;

    /** @param awaited name of the herd that {@link #awaitReady} waits for */
    HerdFollower(KubernetesClient client, Screen screen, String awaited) {
        this.screen = screen;
        this.awaited = awaited;
        this.herds = client.genericKubernetesResources(HERDS).inAnyNamespace().runnableInformer(0);
        herds.addEventHandler(new Handler());
        herds.run();
    }

    /** @return false when it has not been ready for that long */
    boolean awaitReady(long seconds) throws InterruptedException {
        return ready.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        herds.stop();
    }

    private void show(GenericKubernetesResource herd) {
        String key =
                herd.getMetadata().getNamespace() + "/" + herd.getMetadata().getName();
        HerdState before =
                states.getOrDefault(key, HerdState.unknown(herd.getMetadata().getName()));
        HerdState now = HerdState.of(herd);
        states.put(key, now);
        now.changesFrom(before).forEach(screen::event);
        if (now.ready() && now.name().equals(awaited)) {
            ready.countDown();
        }
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource herd) {
            show(herd);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource herd) {
            show(herd);
        }

        @Override
        public void onDelete(GenericKubernetesResource herd, boolean deletedFinalStateUnknown) {
            states.remove(
                    herd.getMetadata().getNamespace() + "/" + herd.getMetadata().getName());
            screen.event(herd.getMetadata().getName() + ": deleted");
        }
    }
}
