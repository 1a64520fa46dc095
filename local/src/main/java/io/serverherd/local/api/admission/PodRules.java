package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.stream.Stream;

/** A pod starts pending; of its spec hardly anything but the images may change. */
final class PodRules implements KindRules {

    private static final List<String> CHANGEABLE =
            List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds");

    @Override
    public void complete(ObjectNode pod, ObjectNode live) {
        ObjectNode spec = Json.child(pod, "spec");
        PodDefaults.complete(spec);
        Defaults.truth(spec, "enableServiceLinks", true);
        containers(spec).forEach(PodRules::requestWhatIsLimited);
    }

    /** Who sets a limit alone requests as much. */
    private static void requestWhatIsLimited(ObjectNode container) {
        container.at("/resources/limits").properties().forEach(limit -> {
            ObjectNode requests = Json.child(Json.child(container, "resources"), "requests");
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    @Override
    public void assign(ObjectNode pod, ObjectNode live) {
        ObjectNode spec = Json.child(pod, "spec");
        Defaults.number(spec, "priority", 0);
        Defaults.text(spec, "preemptionPolicy", "PreemptLowerPriority");
        Defaults.text(spec, "serviceAccountName", "default");
        spec.set("serviceAccount", spec.path("serviceAccountName"));
        if (live == null) {
            Json.child(pod, "status").put("phase", "Pending").put("qosClass", qosClass(spec));
        }
    }

    private static String qosClass(ObjectNode spec) {
        boolean none = containers(spec)
                .allMatch(container ->
                        container.path("resources").path("requests").isEmpty()
                                && container.path("resources").path("limits").isEmpty());
        if (none) {
            return "BestEffort";
        }
        boolean all = containers(spec).allMatch(container -> {
            var limits = container.path("resources").path("limits");
            var requests = container.path("resources").path("requests");
            return limits.has("cpu") && limits.has("memory") && (requests.isMissingNode() || requests.equals(limits));
        });
        return all ? "Guaranteed" : "Burstable";
    }

    @Override
    public List<FieldError> check(ObjectNode pod, ObjectNode live) {
        if (live == null) {
            return pod.at("/spec/containers").isEmpty()
                    ? List.of(new FieldError("spec.containers", FieldError.Type.REQUIRED, null, ""))
                    : List.of();
        }
        boolean scheduledNow = !live.at("/spec").has("nodeName");
        return fixedPart(pod, scheduledNow).equals(fixedPart(live, scheduledNow))
                ? List.of()
                : List.of(
                        new FieldError(
                                "spec",
                                FieldError.Type.FORBIDDEN,
                                null,
                                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"));
    }

    private static ObjectNode fixedPart(ObjectNode pod, boolean withoutNode) {
        ObjectNode spec = pod.path("spec").deepCopy();
        spec.remove(CHANGEABLE);
        if (withoutNode) {
            spec.remove("nodeName");
        }
        containers(spec).forEach(container -> container.remove(List.of("image", "imagePullPolicy")));
        return spec;
    }

    private static Stream<ObjectNode> containers(ObjectNode spec) {
        return Stream.of("initContainers", "containers").flatMap(list -> Defaults.each(spec.path(list)));
    }
}
