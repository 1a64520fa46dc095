package io.serverherd.local.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import java.util.List;
import java.util.Map;

/** The discovery documents, one request for each group and version. */
public final class Discovery {

    private final TypeRegistry types;

    public Discovery(TypeRegistry types) {
        this.types = types;
    }

    /** {@code /api} */
    public ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    /** {@code /apis} */
    public ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        types.byGroupAndVersion().forEach((group, versions) -> {
            if (!group.isEmpty()) {
                groups.add(group(group, versions));
            }
        });
        return list;
    }

    /** {@code /apis/GROUP} */
    public ObjectNode group(String group) {
        Map<String, List<ResourceType>> versions = types.byGroupAndVersion().get(group);
        if (versions == null) {
            throw ApiException.unknownPath();
        }
        return group(group, versions).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    private static ObjectNode group(String group, Map<String, List<ResourceType>> versions) {
        ObjectNode description = Json.object().put("name", group);
        ArrayNode list = description.putArray("versions");
        versions.keySet().forEach(version -> list.add(version(group, version)));
        description.set("preferredVersion", list.get(0));
        return description;
    }

    private static ObjectNode version(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    /** {@code /api/v1} and {@code /apis/GROUP/VERSION} */
    public ObjectNode resources(String group, String version) {
        List<ResourceType> served =
                types.byGroupAndVersion().getOrDefault(group, Map.of()).get(version);
        if (served == null) {
            throw ApiException.unknownPath();
        }
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", served.get(0).apiVersion());
        ArrayNode resources = list.putArray("resources");
        served.forEach(type -> describe(type, resources));
        return list;
    }

    private static void describe(ResourceType type, ArrayNode resources) {
        ObjectNode resource = resources
                .addObject()
                .put("name", type.plural())
                .put("singularName", type.names().singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        Verbs.ofObjects(type, resource.putArray("verbs"));
        addAll(resource, "shortNames", type.names().shortNames());
        addAll(resource, "categories", type.names().categories());
        for (Verbs.Subresource subresource : Verbs.subresources(type)) {
            ObjectNode described = resources
                    .addObject()
                    .put("name", type.plural() + "/" + subresource.name())
                    .put("singularName", "")
                    .put("namespaced", type.namespaced())
                    .put("kind", subresource.kind());
            if (!subresource.group().equals(type.group())) {
                described.put("group", subresource.group()).put("version", subresource.version());
            }
            subresource.verbs().forEach(described.putArray("verbs")::add);
        }
    }

    static void addAll(ObjectNode object, String member, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(object.putArray(member)::add);
        }
    }
}
