package io.serverherd.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanObjectsTest {
    private final KubernetesSerialization serialization = LeanObjects.serialization();

    @Test
    void ofManagedFieldsOnlyTheOperatorsOwnAreRead() {
        StatefulSet set = set("a");

        assertThat(set.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getManager)
                .containsExactly("serverherd-operator");
        assertThat(set.getMetadata().getManagedFields().get(0).getFieldsV1().getAdditionalProperties())
                .containsOnlyKeys("f:spec");
        assertThat(set.getMetadata().getName()).isEqualTo("a");
        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void ofObjectsMadeAlikeTheyAreTheSame() {
        assertThat(set("a").getMetadata().getManagedFields().get(0).getFieldsV1())
                .isSameAs(set("b").getMetadata().getManagedFields().get(0).getFieldsV1());
    }

    @Test
    void aPodIsReadWithoutItsSpec() {
        Pod pod = serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a-0"},
                 "spec": {"nodeName": "here"}, "status": {"podIP": "10.0.0.7"}}
                """, Pod.class);

        assertThat(pod.getSpec()).isNull();
        assertThat(pod.getAdditionalProperties()).isEmpty();
        assertThat(pod.getStatus().getPodIP()).isEqualTo("10.0.0.7");
    }

    @Test
    void whatWatchesBringIsKnownAndNoOtherKindIsLoaded() {
        List<Class<?>> known = new ArrayList<>(HerdEventSources.watchedKinds());
        known.add(Status.class);

        assertThat(known).allSatisfy(kind -> assertThat(serialization.getRegisteredKubernetesResource(
                        HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind)))
                .isEqualTo(kind));
        assertThat(serialization.getRegisteredKubernetesResource("v1", "Node")).isNull();
    }

    private StatefulSet set(String name) {
        return serialization.unmarshal("""
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "%s", "managedFields": [
                  {"manager": "kube-controller-manager", "operation": "Update", "fieldsV1": {"f:status": {}}},
                  {"manager": "serverherd-operator", "operation": "Apply", "fieldsV1": {"f:spec": {"f:replicas": {}}}}
                ]}, "spec": {"replicas": 1}}
                """.formatted(name), StatefulSet.class);
    }
}
