package io.serverherd.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads the kinds that a CustomResourceDefinition defines, one for each version it serves. */
public final class CustomTypes {

    /** The finalizer that holds a definition that is being deleted back while it has objects. */
    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private static final PrinterColumn AGE =
            new PrinterColumn("Age", "date", "", "Time since creation", 0, ".metadata.creationTimestamp");

    private CustomTypes() {}

    /** @throws io.serverherd.local.schema.InvalidSchemaException when a schema or a rule cannot be used */
    public static List<ResourceType> of(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        Names names = names(spec.path("names"));
        boolean namespaced = spec.path("scope").asText().equals("Namespaced");
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                types.add(new ResourceType(
                        spec.path("group").asText(),
                        version.path("name").asText(),
                        names,
                        namespaced,
                        subresources(version.path("subresources")),
                        columns(version.path("additionalPrinterColumns")),
                        TypeSchema.ofDefinition(schema(version)),
                        true));
            }
        }
        return types;
    }

    private static Names names(JsonNode names) {
        String kind = names.path("kind").asText();
        return new Names(
                kind,
                names.path("listKind").asText(kind + "List"),
                names.path("plural").asText(),
                names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
                texts(names.path("shortNames")),
                texts(names.path("categories")));
    }

    private static Subresources subresources(JsonNode subresources) {
        return new Subresources(
                subresources.has("status"),
                Optional.ofNullable(subresources.get("scale")).map(ScalePaths::of),
                List.of());
    }

    private static List<PrinterColumn> columns(JsonNode columns) {
        if (columns.isEmpty()) {
            return List.of(AGE);
        }
        return StreamSupport.stream(columns.spliterator(), false)
                .map(PrinterColumn::of)
                .toList();
    }

    private static JsonNode schema(JsonNode version) {
        JsonNode schema = version.path("schema").path("openAPIV3Schema");
        return schema.isObject() ? schema : anything();
    }

    private static ObjectNode anything() {
        return Json.object().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
