package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/** Tells how many pods of a budget may be taken away just now. Nothing here evicts; the numbers are for who looks. */
public final class DisruptionBudgetController implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<PodDisruptionBudget> budgets;
    private final SharedIndexInformer<Pod> pods;
    private final WorkQueue queue;

    private DisruptionBudgetController(KubernetesClient client) {
        this.client = client;
        this.queue = new WorkQueue("disruption-controller", this::reconcile);
        this.budgets =
                client.policy().v1().podDisruptionBudget().inAnyNamespace().runnableInformer(0);
        this.pods = client.pods().inAnyNamespace().runnableInformer(0);
    }

    public static DisruptionBudgetController start(KubernetesClient client) {
        DisruptionBudgetController controller = new DisruptionBudgetController(client);
        controller.budgets.addEventHandler(
                new ChangeHandler<>(budget -> controller.queue.add(Cache.metaNamespaceKeyFunc(budget))));
        controller.pods.addEventHandler(new ChangeHandler<>(controller::podChanged));
        controller.pods.run();
        controller.budgets.run();
        return controller;
    }

    private void podChanged(Pod pod) {
        budgets.getStore().list().stream()
                .filter(budget -> BudgetStatus.covers(budget, pod))
                .forEach(budget -> queue.add(Cache.metaNamespaceKeyFunc(budget)));
    }

    private void reconcile(String key) {
        PodDisruptionBudget budget = budgets.getStore().getByKey(key);
        if (budget == null) {
            return;
        }
        var status = BudgetStatus.of(budget, pods.getStore().list());
        if (!status.equals(budget.getStatus())) {
            CacheLag.unlessBehind(() -> client.resource(new PodDisruptionBudgetBuilder(budget)
                            .withStatus(status)
                            .build())
                    .updateStatus());
        }
    }

    @Override
    public void close() {
        budgets.stop();
        pods.stop();
        queue.close();
    }
}
