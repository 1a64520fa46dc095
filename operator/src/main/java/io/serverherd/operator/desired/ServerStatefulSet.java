package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;

/**
 * One server's StatefulSet of one replica. OnDelete: the operator decides when a pod is replaced, and a pod that is stuck on a
 * bad revision is replaced at once, which the set's own rolling update would not do.
 */
final class ServerStatefulSet {
    private ServerStatefulSet() {}

    /** @param annotations of the set, none of which reaches its pod */
    static StatefulSet of(
            HerdIdentity herd,
            DesiredServer server,
            PodTemplateSpec template,
            ServerData data,
            Map<String, String> annotations) {
        return new StatefulSetBuilder()
                .withMetadata(
                        herd.metadata(server.setName(), Labels.ofServer(herd.name(), server.name(), server.setName())))
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(herd.peersService())
                .withPodManagementPolicy("Parallel")
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(Labels.selectServer(herd.name(), server.setName()))
                .endSelector()
                .withTemplate(template)
                .withVolumeClaimTemplates(data.claims(herd, server))
                .withPersistentVolumeClaimRetentionPolicy(data.retention())
                .endSpec()
                .build();
    }
}
