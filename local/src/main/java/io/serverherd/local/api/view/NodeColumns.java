package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A node's row. */
final class NodeColumns {

    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeColumns() {}

    static Columns columns(Clock clock) {
        return new ComputedColumns()
                .with("Status", NodeColumns::status)
                .with("Roles", NodeColumns::roles)
                .with("Age", Cell.age(clock))
                .with("Version", Cell.text("/status/nodeInfo/kubeletVersion", ""))
                .wide("Internal-IP", address("InternalIP"))
                .wide("External-IP", address("ExternalIP"))
                .wide("OS-Image", Cell.text("/status/nodeInfo/osImage", "<unknown>"))
                .wide("Kernel-Version", Cell.text("/status/nodeInfo/kernelVersion", "<unknown>"))
                .wide("Container-Runtime", Cell.text("/status/nodeInfo/containerRuntimeVersion", "<unknown>"));
    }

    private static Object status(JsonNode node) {
        String ready = Cell.each(node.at("/status/conditions"))
                .filter(condition -> condition.path("type").asText().equals("Ready"))
                .map(condition -> condition.path("status").asText().equals("True") ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return node.at("/spec/unschedulable").asBoolean() ? ready + ",SchedulingDisabled" : ready;
    }

    private static Object roles(JsonNode node) {
        String roles = node.at("/metadata/labels").properties().stream()
                .map(label -> label.getKey())
                .filter(key -> key.startsWith(ROLE))
                .map(key -> key.substring(ROLE.length()))
                .sorted()
                .collect(Collectors.joining(","));
        return Cell.orElse(roles, Cell.NONE);
    }

    private static Function<JsonNode, Object> address(String type) {
        return node -> Cell.each(node.at("/status/addresses"))
                .filter(address -> address.path("type").asText().equals(type))
                .map(address -> address.path("address").asText())
                .findFirst()
                .orElse(Cell.NONE);
    }
}
