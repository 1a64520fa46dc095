package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events about one pod; what is said again raises the count of the event that said it first. Confined to the pod's executor. */
final class PodEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PodEvents.class);

    private final KubernetesClient client;
    private final Clock clock;
    private final String nodeName;
    private final Pod pod;
    private final Map<String, Event> told = new HashMap<>();

    PodEvents(KubernetesClient client, Clock clock, String nodeName, Pod pod) {
        this.client = client;
        this.clock = clock;
        this.nodeName = nodeName;
        this.pod = pod;
    }

    void normal(String reason, String message) {
        tell("Normal", reason, message, null);
    }

    void warning(String reason, String message) {
        tell("Warning", reason, message, null);
    }

    void normal(String container, String reason, String message) {
        tell("Normal", reason, message, container);
    }

    void warning(String container, String reason, String message) {
        tell("Warning", reason, message, container);
    }

    private void tell(String type, String reason, String message, String container) {
        String now = PodStatuses.time(clock.instant());
        Event event = told.get(reason + message);
        Event newer = event == null
                ? first(type, reason, message, container, now)
                : new EventBuilder(event)
                        .withCount(event.getCount() + 1)
                        .withLastTimestamp(now)
                        .build();
        try {
            var resource = client.v1().events().inNamespace(newer.getMetadata().getNamespace());
            told.put(
                    reason + message,
                    event == null
                            ? resource.resource(newer).create()
                            : resource.resource(newer).patch());
        } catch (KubernetesClientException e) {
            // An event is help for a reader, never a reason to hold up a pod.
            LOG.atDebug()
                    .addKeyValue("pod", pod.getMetadata().getName())
                    .addKeyValue("reason", reason)
                    .addKeyValue("error", e.getMessage())
                    .log("event not recorded");
        }
    }

    private Event first(String type, String reason, String message, String container, String now) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName() + "." + Long.toHexString(System.nanoTime()))
                .endMetadata()
                .withInvolvedObject(reference(container))
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withReportingComponent("kubelet")
                .withReportingInstance(nodeName)
                .withNewSource("kubelet", nodeName)
                .build();
    }

    private ObjectReference reference(String container) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withFieldPath(container == null ? null : "spec.containers{%s}".formatted(container))
                .build();
    }
}
