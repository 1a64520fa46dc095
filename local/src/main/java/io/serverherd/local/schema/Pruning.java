package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Removes the fields that no schema names, as an API server does before it stores a custom resource. */
public final class Pruning {

    private final List<String> inMetadata = new ArrayList<>();
    private final List<String> inSchema = new ArrayList<>();

    private Pruning() {}

    /**
     * Prunes in place.
     *
     * @return the removed fields, such as {@code spec.servers[1].foo}: those of metadata first, then in alphabetical order
     */
    public static List<String> prune(StructuralSchema schema, ObjectNode object) {
        Pruning pruning = new Pruning();
        pruning.resource(schema, object, "");
        pruning.inSchema.sort(null);
        return Stream.concat(pruning.inMetadata.stream(), pruning.inSchema.stream())
                .toList();
    }

    private void value(StructuralSchema schema, JsonNode value, String path) {
        if (schema.embeddedResource() && value instanceof ObjectNode resource) {
            resource(schema, resource, path);
        } else if (value instanceof ObjectNode object) {
            object(schema, object, path, false);
        } else if (value.isArray() && schema.items() != null) {
            for (int i = 0; i < value.size(); i++) {
                value(schema.items(), value.get(i), path + "[" + i + "]");
            }
        }
    }

    private void resource(StructuralSchema schema, ObjectNode resource, String path) {
        if (resource.get("metadata") instanceof ObjectNode metadata) {
            String metadataPath = Paths.child(path, "metadata");
            List<String> unknown = Paths.names(metadata).stream()
                    .filter(name -> !ObjectMetaFields.NAMES.contains(name))
                    .sorted()
                    .toList();
            metadata.remove(unknown);
            unknown.forEach(name -> inMetadata.add(Paths.child(metadataPath, name)));
        }
        object(schema, resource, path, true);
    }

    private void object(StructuralSchema schema, ObjectNode object, String path, boolean isResource) {
        for (String name : Paths.names(object)) {
            if (isResource && ObjectMetaFields.OF_RESOURCE.contains(name)) {
                continue;
            }
            StructuralSchema field = schema.field(name);
            if (field != null) {
                value(field, object.get(name), Paths.child(path, name));
            } else if (!schema.preserveUnknownFields()) {
                object.remove(name);
                inSchema.add(Paths.child(path, name));
            }
        }
    }
}
