package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives a service an address. Nothing routes it here; clients only want to see that there is one. */
final class ServiceRules implements KindRules {

    private static final List<String> ON_NODES = List.of("NodePort", "LoadBalancer");
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int NODE_PORTS = 2_768;

    @Override
    public void complete(ObjectNode service, ObjectNode live) {
        ObjectNode spec = Json.child(service, "spec");
        Defaults.text(spec, "type", "ClusterIP");
        if (live != null && isOnNodes(live.path("spec")) && !isOnNodes(spec)) {
            dropWhatNodesGave(spec, live.path("spec"));
        }
        Defaults.text(spec, "sessionAffinity", "None");
        if (!isExternal(spec)) {
            Defaults.text(spec, "internalTrafficPolicy", "Cluster");
        }
        if (isOnNodes(spec)) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (isBalanced(spec) && !spec.hasNonNull("allocateLoadBalancerNodePorts")) {
            spec.put("allocateLoadBalancerNodePorts", true);
        }
        if (!isBalanced(spec)) {
            spec.remove("allocateLoadBalancerNodePorts");
        }
        Defaults.each(spec.path("ports")).forEach(ServiceRules::completePort);
    }

    @Override
    public void assign(ObjectNode service, ObjectNode live) {
        ObjectNode spec = Json.child(service, "spec");
        if (!isExternal(spec)) {
            address(service, spec, live);
            Defaults.text(spec, "ipFamilyPolicy", "SingleStack");
            if (!spec.has("ipFamilies")) {
                spec.putArray("ipFamilies").add("IPv4");
            }
        }
        if (isOnNodes(spec)) {
            Defaults.each(spec.path("ports")).forEach(port -> assignNodePort(port, service));
        }
        if (live == null) {
            Json.child(service, "status").putObject("loadBalancer");
        }
    }

    private static boolean isExternal(ObjectNode spec) {
        return spec.path("type").asText().equals("ExternalName");
    }

    private static boolean isOnNodes(JsonNode spec) {
        return ON_NODES.contains(spec.path("type").asText());
    }

    private static boolean isBalanced(JsonNode spec) {
        return spec.path("type").asText().equals("LoadBalancer");
    }

    /** Of a service that is no longer reached through nodes: what was allocated for that, unless the writer has changed it. */
    private static void dropWhatNodesGave(ObjectNode spec, JsonNode before) {
        if (spec.path("externalTrafficPolicy").equals(before.path("externalTrafficPolicy"))) {
            spec.remove("externalTrafficPolicy");
        }
        List<JsonNode> allocated = new ArrayList<>();
        before.path("ports").forEach(port -> allocated.add(port.path("nodePort")));
        Defaults.each(spec.path("ports"))
                .filter(port -> allocated.contains(port.path("nodePort")))
                .forEach(port -> port.remove("nodePort"));
    }

    private static void address(ObjectNode service, ObjectNode spec, ObjectNode live) {
        String kept = live == null ? "" : live.at("/spec/clusterIP").asText();
        if (!spec.hasNonNull("clusterIP") || spec.path("clusterIP").asText().isEmpty()) {
            spec.put("clusterIP", kept.isEmpty() ? fakeAddress(service) : kept);
        }
        if (!spec.hasNonNull("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
        }
    }

    private static void completePort(ObjectNode port) {
        Defaults.text(port, "protocol", "TCP");
        if (!port.hasNonNull("targetPort")) {
            port.set("targetPort", port.path("port"));
        }
    }

    private static void assignNodePort(ObjectNode port, ObjectNode service) {
        if (!port.hasNonNull("nodePort")) {
            int hash = Math.floorMod(
                    path(service).hashCode() * 31 + port.path("port").asInt(), NODE_PORTS);
            port.put("nodePort", FIRST_NODE_PORT + hash);
        }
    }

    /** The same for the same service at each start, within 10.96.0.0/16. */
    private static String fakeAddress(ObjectNode service) {
        int hash = Math.floorMod(path(service).hashCode(), 254 * 254);
        return "10.96.%d.%d".formatted(hash / 254, hash % 254 + 1);
    }

    private static String path(ObjectNode service) {
        JsonNode metadata = service.path("metadata");
        return metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    @Override
    public List<FieldError> check(ObjectNode service, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>(portNames(service.at("/spec/ports")));
        if (live != null && live.at("/spec").has("clusterIP")) {
            errors.addAll(Defaults.unchanged(
                    (ObjectNode) service.path("spec"), (ObjectNode) live.path("spec"), "spec", "clusterIP"));
        }
        return errors;
    }

    /** Several ports are told apart by their names. */
    private static List<FieldError> portNames(JsonNode ports) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode name = ports.path(i).path("name");
            String path = "spec.ports[" + i + "].name";
            if (name.asText().isEmpty() && ports.size() > 1) {
                errors.add(new FieldError(path, FieldError.Type.REQUIRED, null, ""));
            } else if (!name.asText().isEmpty() && !names.add(name.asText())) {
                errors.add(new FieldError(path, FieldError.Type.DUPLICATE, name, ""));
            }
        }
        return errors;
    }
}
