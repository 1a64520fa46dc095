package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.schema.StructuralSchema;
import java.util.List;
import java.util.Set;

/** The merge type of one node of a custom resource's schema. */
final class SchemaMergeType implements MergeType {

    private static final Set<String> OF_RESOURCE = Set.of("apiVersion", "kind", "metadata");

    /** What no schema describes: entries of a free map, lists as a whole. Null stands for the missing schema. */
    private static final MergeType UNKNOWN = new SchemaMergeType(null, false);

    private final StructuralSchema schema;
    private final boolean isResource;

    SchemaMergeType(StructuralSchema schema, boolean isResource) {
        this.schema = schema;
        this.isResource = isResource;
    }

    @Override
    public String shape() {
        return shapeOf(schema);
    }

    /** @param schema null when nothing is known */
    static String shapeOf(StructuralSchema schema) {
        if (schema == null || schema.type() == null || schema.intOrString()) {
            return null;
        }
        return switch (schema.type()) {
            case "object" -> "map";
            case "array" -> "list";
            case "integer", "number" -> "numeric";
            default -> schema.type();
        };
    }

    @Override
    public boolean dropsNulls() {
        return false;
    }

    @Override
    public boolean isAtomicMap() {
        return schema != null && schema.isAtomicMap();
    }

    @Override
    public ListKind listKind() {
        if (schema == null || schema.items() == null) {
            return ListKind.ATOMIC;
        }
        return schema.isListMap() ? ListKind.MAP : schema.isListSet() ? ListKind.SET : ListKind.ATOMIC;
    }

    @Override
    public List<String> listKeys() {
        return schema.listMapKeys();
    }

    @Override
    public JsonNode keyDefault(String key) {
        StructuralSchema field = schema.items().field(key);
        return field == null ? null : field.defaultValue();
    }

    @Override
    public MergeType items() {
        return schema == null || schema.items() == null ? UNKNOWN : below(schema.items());
    }

    @Override
    public MergeType field(String name) {
        if (schema == null) {
            return UNKNOWN;
        }
        if (isResource && OF_RESOURCE.contains(name)) {
            return name.equals("metadata") ? MergeTypeTable.metadata() : MergeTypeTable.plain();
        }
        StructuralSchema field = schema.field(name);
        if (field != null) {
            return below(field);
        }
        return schema.preserveUnknownFields() ? UNKNOWN : null;
    }

    @Override
    public boolean names(String field) {
        return schema != null && schema.properties().containsKey(field) || isResource && OF_RESOURCE.contains(field);
    }

    @Override
    public boolean alwaysThere() {
        return false;
    }

    @Override
    public String patchKey() {
        return null;
    }

    private static MergeType below(StructuralSchema schema) {
        return new SchemaMergeType(schema, schema.embeddedResource());
    }
}
