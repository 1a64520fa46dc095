package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.operator.scenario.ServerSideApply;
import java.util.Map;

/**
 * A pod as a herd has it, with neither herd nor operator: the same image, resources, probes and volumes, and a ConfigMap of its
 * own. What the cluster alone takes is measured on it.
 */
record BarePod(KubernetesClient client, String namespace, String name, PodSpec spec) {

    private static final String ALONE = "{\"neighbours\": []}";

    /** Of one of its servers. */
    static BarePod like(StatefulSet set, KubernetesClient client, String name) {
        PodTemplateSpec template = set.getSpec().getTemplate();
        PodSpec spec = Serialization.clone(template.getSpec());
        spec.getVolumes().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .forEach(volume -> volume.getConfigMap().setName(name));
        return new BarePod(client, set.getMetadata().getNamespace(), name, spec);
    }

    /** Before the pod, and again at each change. Unknown members of it are ignored. */
    void configure(String herdJson) {
        ServerSideApply.of(client, config(herdJson));
    }

    void configure() {
        configure(ALONE);
    }

    /** Without labels, so that no operator takes it for one of its own. */
    void create() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withSpec(spec)
                        .build())
                .create();
    }

    /** So that the kubelet looks at the pod's volumes at once. */
    void touch(String value) {
        ServerSideApply.of(
                client,
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withAnnotations(Map.of("serverherd.io/touched", value))
                        .endMetadata()
                        .build());
    }

    Pod pod() {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    void delete() {
        client.pods().inNamespace(namespace).withName(name).delete();
    }

    private ConfigMap config(String herdJson) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToData("herd.json", herdJson)
                .build();
    }
}
