package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.local.kubelet.volume.MountException;
import io.serverherd.local.kubelet.volume.PodVolumes;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;

/** What a kubelet reads and writes in the API. A pod that is gone, or another one of its name, is never written to. */
final class PodApi implements PodVolumes.Sources {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;

    PodApi(KubernetesClient client) {
        this.client = client;
    }

    /** What a scheduler does; there is only one node to choose. */
    void bind(Pod pod, String nodeName) {
        unlessGone(() -> client.pods().resource(pod).patch(MERGE, merge(pod, "spec", Map.of("nodeName", nodeName))));
    }

    void writeStatus(Pod pod, PodStatus status) {
        unlessGone(() -> client.pods().resource(pod).subresource("status").patch(MERGE, merge(pod, "status", status)));
    }

    /** The last step of a deletion: the object goes now. */
    void delete(Pod pod) {
        String uri = "/api/v1/namespaces/%s/pods/%s"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
        unlessGone(() -> client.raw(
                uri,
                "DELETE",
                new DeleteOptionsBuilder()
                        .withGracePeriodSeconds(0L)
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build()));
    }

    /** A merge patch that a newer pod of the same name refuses. */
    private static String merge(Pod pod, String part, Object value) {
        return Serialization.asJson(
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), part, value));
    }

    private static void unlessGone(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    @Override
    public String bindClaim(String namespace, String name) throws MountException {
        PersistentVolumeClaim claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (claim == null || claim.getMetadata().getDeletionTimestamp() != null) {
            throw new MountException("persistentvolumeclaim \"%s\" not found".formatted(name));
        }
        if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
            requireStorageClass(claim.getSpec().getStorageClassName());
            Map<String, Object> status = Map.of(
                    "phase", "Bound",
                    "accessModes", claim.getSpec().getAccessModes(),
                    "capacity", claim.getSpec().getResources().getRequests());
            client.persistentVolumeClaims()
                    .resource(claim)
                    .subresource("status")
                    .patch(MERGE, Serialization.asJson(Map.of("status", status)));
        }
        return claim.getMetadata().getUid();
    }

    /** A claim of a class that is not there waits for it. */
    private void requireStorageClass(String name) throws MountException {
        if (client.storage().v1().storageClasses().withName(name).get() == null) {
            throw new MountException("storageclass.storage.k8s.io \"%s\" not found".formatted(name));
        }
    }
}
