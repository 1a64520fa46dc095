package io.serverherd.local.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ModelSchema;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import java.util.List;
import java.util.Map;

/**
 * OpenAPI 3 documents, one for each group and version: what {@code kubectl explain} prints, and where kubectl sees that
 * the server checks unknown fields.
 */
public final class OpenApi {

    private static final String ROOT = "/openapi/v3";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final List<String> PATCHES =
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml");

    private final TypeRegistry types;

    public OpenApi(TypeRegistry types) {
        this.types = types;
    }

    /** {@code /openapi/v3}; the hash in a document's address changes when the document does. */
    public ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        types.byGroupAndVersion().forEach((group, versions) -> versions.keySet().forEach(version -> {
            String path = path(group, version);
            String hash =
                    Integer.toHexString(Json.text(document(group, version)).hashCode());
            paths.putObject(path).put("serverRelativeURL", ROOT + "/" + path + "?hash=" + hash);
        }));
        return index;
    }

    /** {@code /openapi/v3/api/v1} and {@code /openapi/v3/apis/GROUP/VERSION} */
    public ObjectNode document(String group, String version) {
        List<ResourceType> served =
                types.byGroupAndVersion().getOrDefault(group, Map.of()).get(version);
        if (served == null) {
            throw ApiException.unknownPath();
        }
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "ServerHerd local API").put("version", "v1.32.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        schemas.set(META, ModelSchema.of(ObjectMeta.class));
        for (ResourceType type : served) {
            schemas.set(schemaName(type), schema(type));
            addPaths(paths, type);
        }
        return document;
    }

    private static ObjectNode schema(ResourceType type) {
        ObjectNode schema = type.schema().openApi();
        ObjectNode properties = Json.child(schema, "properties");
        addText(properties, "apiVersion", "The API's group and version.");
        addText(properties, "kind", "What kind of object this is.");
        // Beside a bare reference a description would not count.
        ObjectNode metadata =
                properties.putObject("metadata").put("description", "Name, namespace, labels and the like.");
        metadata.putArray("allOf").add(reference(META));
        schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
        return schema;
    }

    private static void addText(ObjectNode properties, String name, String description) {
        Json.child(properties, name).put("type", "string").put("description", description);
    }

    private static void addPaths(ObjectNode paths, ResourceType type) {
        String collection = "/" + path(type.group(), type.version())
                + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        ObjectNode many = paths.putObject(collection);
        operation(many, "get", "list", type);
        body(write(operation(many, "post", "post", type)), type, List.of("application/json"));
        ObjectNode one = paths.putObject(collection + "/{name}");
        operation(one, "get", "get", type);
        body(write(operation(one, "put", "put", type)), type, List.of("application/json"));
        body(write(operation(one, "patch", "patch", type)), type, PATCHES);
        operation(one, "delete", "delete", type);
    }

    private static ObjectNode operation(ObjectNode path, String method, String action, ResourceType type) {
        ObjectNode operation = path.putObject(method).put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
        operation.putArray("parameters");
        ObjectNode ok = operation.putObject("responses").putObject("200").put("description", "OK");
        ok.putObject("content").putObject("application/json").set("schema", reference(schemaName(type)));
        return operation;
    }

    private static ObjectNode write(ObjectNode operation) {
        ArrayNode parameters = operation.withArray("parameters");
        for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string");
        }
        return operation;
    }

    private static void body(ObjectNode operation, ResourceType type, List<String> mediaTypes) {
        ObjectNode content = operation.putObject("requestBody").putObject("content");
        mediaTypes.forEach(mediaType -> content.putObject(mediaType).set("schema", reference(schemaName(type))));
    }

    private static ObjectNode groupVersionKind(ResourceType type) {
        return Json.object()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private static ObjectNode reference(String schema) {
        return Json.object().put("$ref", "#/components/schemas/" + schema);
    }

    private static String schemaName(ResourceType type) {
        return (type.group().isEmpty() ? "core" : type.group()) + "." + type.version() + "." + type.kind();
    }

    private static String path(String group, String version) {
        return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
    }
}
