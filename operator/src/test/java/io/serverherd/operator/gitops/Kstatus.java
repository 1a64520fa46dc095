package io.serverherd.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What programs that follow kstatus (Flux, kpt, Config Sync) make of a custom resource, after the rules its documentation gives:
 * the first that applies decides.
 *
 * <pre>
 * metadata.deletionTimestamp is set                    Terminating
 * status.observedGeneration is not metadata.generation InProgress
 * Reconciling is True                                  InProgress
 * Stalled is True                                      Failed
 * Ready is True                                        Current
 * Ready is anything else                               InProgress
 * otherwise                                            Current
 * </pre>
 *
 * The last rule is the trap: a resource that says nothing yet passes for done.
 */
enum Kstatus {
    InProgress,
    Failed,
    Current,
    Terminating;

    static Kstatus of(JsonNode resource) {
        JsonNode status = resource.path("status");
        if (!resource.at("/metadata/deletionTimestamp").isMissingNode()) {
            return Terminating;
        }
        if (status.has("observedGeneration")
                && !status.path("observedGeneration").equals(resource.at("/metadata/generation"))) {
            return InProgress;
        }
        if (condition(status, "Reconciling").equals("True")) {
            return InProgress;
        }
        if (condition(status, "Stalled").equals("True")) {
            return Failed;
        }
        return switch (condition(status, "Ready")) {
            case "True", "absent" -> Current;
            default -> InProgress;
        };
    }

    private static String condition(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "absent";
    }
}
