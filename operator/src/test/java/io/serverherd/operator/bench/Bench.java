package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.scenario.ClusterUnderTest;
import io.serverherd.operator.scenario.HerdManifest;
import io.serverherd.operator.scenario.HerdUnderTest;
import java.util.List;

/** What every measurement works with. */
record Bench(ClusterUnderTest cluster, Settings settings, Report report) {

    KubernetesClient client() {
        return cluster.client();
    }

    HerdUnderTest herd(String namespace, HerdManifest manifest) {
        return new HerdUnderTest(client(), cluster.ports(), namespace, manifest);
    }

    /** All herds of a namespace. */
    Watched<ServerHerd> watchHerds(String namespace) {
        return new Watched<>(client().resources(ServerHerd.class).inNamespace(namespace));
    }

    /** All pods of a namespace. */
    Watched<Pod> watchPods(String namespace) {
        return new Watched<>(client().pods().inNamespace(namespace));
    }

    List<StatefulSet> sets(String namespace) {
        return client().apps().statefulSets().inNamespace(namespace).list().getItems();
    }
}
