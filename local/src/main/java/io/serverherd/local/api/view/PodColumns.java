package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;

/** A pod's row. The status is the one word that tells most, by the rules of the API server's own printer. */
final class PodColumns {

    private PodColumns() {}

    static Columns columns(Clock clock) {
        return new ComputedColumns()
                .with("Ready", PodColumns::ready)
                .with("Status", PodColumns::status)
                .with("Restarts", pod -> restarts(pod, clock))
                .with("Age", Cell.age(clock))
                .wide("IP", Cell.text("/status/podIP", Cell.NONE))
                .wide("Node", Cell.text("/spec/nodeName", Cell.NONE))
                .wide("Nominated Node", Cell.text("/status/nominatedNodeName", Cell.NONE))
                .wide("Readiness Gates", pod -> Cell.NONE);
    }

    private static Object ready(JsonNode pod) {
        long ready = Cell.each(containerStatuses(pod))
                .filter(status ->
                        status.path("ready").asBoolean() && status.at("/state").has("running"))
                .count();
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static Object status(JsonNode pod) {
        String phase = pod.at("/status/phase").asText();
        if (pod.at("/metadata").has("deletionTimestamp") && !phase.equals("Succeeded") && !phase.equals("Failed")) {
            return "Terminating";
        }
        String initialising = initialising(pod);
        return initialising.isEmpty() ? containers(pod, phase) : initialising;
    }

    /** The first init container that is not done decides; empty when all are. */
    private static String initialising(JsonNode pod) {
        JsonNode statuses = pod.at("/status/initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode state = statuses.get(i).path("state");
            JsonNode terminated = state.path("terminated");
            if (state.has("terminated") && terminated.path("exitCode").asInt() == 0) {
                continue;
            }
            if (state.has("terminated")) {
                return "Init:" + ended(terminated);
            }
            String waiting = state.at("/waiting/reason").asText();
            if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                return "Init:" + waiting;
            }
            return "Init:" + i + "/" + pod.at("/spec/initContainers").size();
        }
        return "";
    }

    private static String containers(JsonNode pod, String phase) {
        String word = Cell.orElse(pod.at("/status/reason").asText(), phase);
        boolean running = false;
        JsonNode statuses = containerStatuses(pod);
        for (int i = statuses.size() - 1; i >= 0; i--) { // the first container has the last word
            JsonNode state = statuses.get(i).path("state");
            if (!state.at("/waiting/reason").asText().isEmpty()) {
                word = state.at("/waiting/reason").asText();
            } else if (state.has("terminated")) {
                word = ended(state.path("terminated"));
            } else if (state.has("running") && statuses.get(i).path("ready").asBoolean()) {
                running = true;
            }
        }
        return word.equals("Completed") && running ? "Running" : word;
    }

    private static String ended(JsonNode terminated) {
        String reason = terminated.path("reason").asText();
        if (!reason.isEmpty()) {
            return reason;
        }
        int signal = terminated.path("signal").asInt();
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + terminated.path("exitCode").asInt();
    }

    /** {@code 2 (35s ago)}. */
    private static Object restarts(JsonNode pod, Clock clock) {
        int restarts = 0;
        String last = "";
        for (JsonNode status : containerStatuses(pod)) {
            restarts += status.path("restartCount").asInt();
            String finished = status.at("/lastState/terminated/finishedAt").asText();
            last = finished.compareTo(last) > 0 ? finished : last;
        }
        return restarts == 0 || last.isEmpty()
                ? Integer.toString(restarts)
                : restarts + " (" + Age.of(last, clock) + " ago)";
    }

    private static JsonNode containerStatuses(JsonNode pod) {
        return pod.at("/status/containerStatuses");
    }
}
