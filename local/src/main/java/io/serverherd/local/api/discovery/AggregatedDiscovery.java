package io.serverherd.local.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import java.util.List;
import java.util.Map;

/** All discovery in two documents, for clients that can read them: {@code APIGroupDiscoveryList} of {@code v2}. */
public final class AggregatedDiscovery {

    public static final String CONTENT_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final TypeRegistry types;

    public AggregatedDiscovery(TypeRegistry types) {
        this.types = types;
    }

    public static boolean isAskedFor(String accept) {
        return accept.contains(CONTENT_TYPE);
    }

    /** {@code /api}: the core group, which has no name. */
    public ObjectNode core() {
        ObjectNode list = list();
        addGroup(list.withArray("items"), "", types.byGroupAndVersion().get(""));
        return list;
    }

    /** {@code /apis}: the named groups. */
    public ObjectNode groups() {
        ObjectNode list = list();
        types.byGroupAndVersion().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                addGroup(list.withArray("items"), group, versions);
            }
        });
        return list;
    }

    private static ObjectNode list() {
        ObjectNode list =
                Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        list.putArray("items");
        return list;
    }

    private static void addGroup(ArrayNode items, String group, Map<String, List<ResourceType>> versions) {
        ObjectNode item = items.addObject();
        ObjectNode metadata = item.putObject("metadata");
        if (!group.isEmpty()) {
            metadata.put("name", group);
        }
        ArrayNode described = item.putArray("versions");
        versions.forEach((version, served) -> {
            ObjectNode entry = described.addObject().put("version", version).put("freshness", "Current");
            ArrayNode resources = entry.putArray("resources");
            served.forEach(type -> resources.add(describe(type)));
        });
    }

    private static ObjectNode describe(ResourceType type) {
        ObjectNode resource = Json.object().put("resource", type.plural());
        responseKind(resource, type.group(), type.version(), type.kind());
        resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", type.names().singular());
        Verbs.ofObjects(type, resource.putArray("verbs"));
        Discovery.addAll(resource, "shortNames", type.names().shortNames());
        Discovery.addAll(resource, "categories", type.names().categories());
        for (Verbs.Subresource subresource : Verbs.subresources(type)) {
            ObjectNode described =
                    resource.withArray("subresources").addObject().put("subresource", subresource.name());
            responseKind(described, subresource.group(), subresource.version(), subresource.kind());
            subresource.verbs().forEach(described.putArray("verbs")::add);
        }
        return resource;
    }

    private static void responseKind(ObjectNode resource, String group, String version, String kind) {
        resource.putObject("responseKind")
                .put("group", group)
                .put("version", version)
                .put("kind", kind);
    }
}
