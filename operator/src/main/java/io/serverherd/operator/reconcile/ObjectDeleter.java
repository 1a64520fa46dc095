package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Set;

/** Deletes exactly the object that was decided about: one of the same name but another UID stays. */
final class ObjectDeleter {
    /** Gone already; or replaced by another, which was not meant. */
    private static final Set<Integer> NOTHING_TO_DELETE =
            Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);

    private final KubernetesClient client;

    ObjectDeleter(KubernetesClient client) {
        this.client = client;
    }

    /** With all it owns. */
    void delete(HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        delete(object.getClass(), meta.getNamespace(), meta.getName(), meta.getUid());
    }

    /** With all it owns. */
    void delete(Class<? extends HasMetadata> kind, String namespace, String name, String uid) {
        // Foreground deletion would take a pod's network away before it could say goodbye to its peers.
        delete(kind, namespace, name, uid, "Background");
    }

    /** Without what it owns, which is nobody's then. */
    void orphan(HasMetadata object) {
        ObjectMeta meta = object.getMetadata();
        delete(object.getClass(), meta.getNamespace(), meta.getName(), meta.getUid(), "Orphan");
    }

    private void delete(
            Class<? extends HasMetadata> kind, String namespace, String name, String uid, String propagation) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withPropagationPolicy(propagation)
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
        try {
            // The client's own delete knows resource versions only, and a pod's changes with every probe.
            client.raw(path(kind, namespace, name), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (!NOTHING_TO_DELETE.contains(e.getCode())) {
                throw e;
            }
        }
    }

    private static String path(Class<? extends HasMetadata> kind, String namespace, String name) {
        String group = HasMetadata.getGroup(kind);
        String root = group == null || group.isEmpty() ? "/api/" : "/apis/" + group + "/";
        return root + HasMetadata.getVersion(kind) + "/namespaces/" + namespace + "/" + HasMetadata.getPlural(kind)
                + "/" + name;
    }
}
