package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.kind.ResourceType;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of the kinds the API has of its own, as a real API server prints them. */
final class BuiltInColumns {

    private BuiltInColumns() {}

    static Columns of(ResourceType type, Clock clock) {
        Function<JsonNode, Object> age = Cell.age(clock);
        return switch (type.plural()) {
            case "pods" -> PodColumns.columns(clock);
            case "services" -> ServiceColumns.columns(clock);
            case "events" -> EventColumns.columns(type, clock);
            case "nodes" -> NodeColumns.columns(clock);
            case "namespaces" ->
                new ComputedColumns()
                        .with("Status", Cell.text("/status/phase", ""))
                        .with("Age", age);
            case "configmaps" ->
                new ComputedColumns()
                        .with("Data", Cell.count("/data", "/binaryData"))
                        .with("Age", age);
            case "secrets" ->
                new ComputedColumns()
                        .with("Type", Cell.text("/type", ""))
                        .with("Data", Cell.count("/data"))
                        .with("Age", age);
            case "serviceaccounts" ->
                new ComputedColumns().with("Secrets", Cell.count("/secrets")).with("Age", age);
            case "endpoints" ->
                new ComputedColumns()
                        .with("Endpoints", BuiltInColumns::endpoints)
                        .with("Age", age);
            case "endpointslices" ->
                new ComputedColumns()
                        .with("AddressType", Cell.text("/addressType", ""))
                        .with("Ports", BuiltInColumns::slicePorts)
                        .with("Endpoints", BuiltInColumns::sliceEndpoints)
                        .with("Age", age);
            case "persistentvolumeclaims" ->
                new ComputedColumns()
                        .with("Status", Cell.text("/status/phase", ""))
                        .with("Volume", Cell.text("/spec/volumeName", ""))
                        .with("Capacity", Cell.text("/status/capacity/storage", ""))
                        .with("Access Modes", BuiltInColumns::accessModes)
                        .with("StorageClass", Cell.text("/spec/storageClassName", ""))
                        .with("VolumeAttributesClass", Cell.text("/spec/volumeAttributesClassName", "<unset>"))
                        .with("Age", age)
                        .wide("VolumeMode", Cell.text("/spec/volumeMode", "<unset>"));
            case "statefulsets" ->
                new ComputedColumns()
                        .with("Ready", BuiltInColumns::readyReplicas)
                        .with("Age", age)
                        .wide("Containers", containers("name"))
                        .wide("Images", containers("image"));
            case "controllerrevisions" ->
                new ComputedColumns()
                        .with("Controller", BuiltInColumns::controller)
                        .with("Revision", object -> object.path("revision").asLong())
                        .with("Age", age);
            case "poddisruptionbudgets" ->
                new ComputedColumns()
                        .with("Min Available", Cell.text("/spec/minAvailable", "N/A"))
                        .with("Max Unavailable", Cell.text("/spec/maxUnavailable", "N/A"))
                        .typed("Allowed Disruptions", "integer", object -> object.at("/status/disruptionsAllowed")
                                .asLong())
                        .with("Age", age);
            case "networkpolicies" ->
                new ComputedColumns()
                        .with("Pod-Selector", Cell.labels("/spec/podSelector/matchLabels"))
                        .with("Age", age);
            case "leases" ->
                new ComputedColumns()
                        .with("Holder", Cell.text("/spec/holderIdentity", ""))
                        .with("Age", age);
            case "rolebindings", "clusterrolebindings" ->
                new ComputedColumns()
                        .with("Role", BuiltInColumns::role)
                        .with("Age", age)
                        .wide("Users", subjects("User"))
                        .wide("Groups", subjects("Group"))
                        .wide("ServiceAccounts", subjects("ServiceAccount"));
            default -> new ComputedColumns().typed("Created At", "date", Cell.text("/metadata/creationTimestamp", ""));
        };
    }

    private static Object readyReplicas(JsonNode set) {
        return set.at("/status/readyReplicas").asInt() + "/"
                + set.at("/spec/replicas").asInt();
    }

    private static Function<JsonNode, Object> containers(String field) {
        return set -> Cell.each(set.at("/spec/template/spec/containers"))
                .map(container -> container.path(field).asText())
                .collect(Collectors.joining(","));
    }

    /** {@code statefulset.apps/alford}. */
    private static Object controller(JsonNode object) {
        return Cell.each(object.at("/metadata/ownerReferences"))
                .filter(owner -> owner.path("controller").asBoolean())
                .map(owner -> {
                    String apiVersion = owner.path("apiVersion").asText();
                    String group = apiVersion.contains("/") ? "." + apiVersion.split("/")[0] : "";
                    return owner.path("kind").asText().toLowerCase(java.util.Locale.ROOT) + group + "/"
                            + owner.path("name").asText();
                })
                .findFirst()
                .orElse(Cell.NONE);
    }

    private static Object endpoints(JsonNode endpoints) {
        List<String> addresses = Cell.each(endpoints.path("subsets"))
                .flatMap(
                        subset -> Cell.each(subset.path("addresses")).flatMap(address -> Cell.each(subset.path("ports"))
                                .map(port -> address.path("ip").asText() + ":"
                                        + port.path("port").asText())))
                .toList();
        return Cell.first(3, addresses);
    }

    private static Object slicePorts(JsonNode slice) {
        return Cell.first(
                3,
                Cell.each(slice.path("ports"))
                        .map(port -> port.path("port").asText())
                        .toList());
    }

    private static Object sliceEndpoints(JsonNode slice) {
        return Cell.first(
                3,
                Cell.each(slice.path("endpoints"))
                        .flatMap(endpoint -> Cell.each(endpoint.path("addresses")))
                        .map(JsonNode::asText)
                        .toList());
    }

    /** {@code RWO,ROX}: the capitals of each mode. */
    private static Object accessModes(JsonNode claim) {
        return Cell.each(claim.at("/status/accessModes"))
                .map(mode -> mode.asText().replaceAll("[^A-Z]", ""))
                .map(capitals -> capitals.equals("ROM") ? "ROX" : capitals.equals("RWM") ? "RWX" : capitals)
                .collect(Collectors.joining(","));
    }

    private static Object role(JsonNode binding) {
        return binding.at("/roleRef/kind").asText() + "/"
                + binding.at("/roleRef/name").asText();
    }

    private static Function<JsonNode, Object> subjects(String kind) {
        return binding -> Cell.each(binding.path("subjects"))
                .filter(subject -> subject.path("kind").asText().equals(kind))
                .map(subject ->
                        (subject.has("namespace") ? subject.path("namespace").asText() + "/" : "")
                                + subject.path("name").asText())
                .collect(Collectors.joining(", "));
    }
}
