package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.schema.StructuralSchema;
import java.util.List;

/** A built-in kind's merge type that also knows which fields there are and what they hold. */
final class DeclaredMergeType implements MergeType {

    private final MergeType merging;
    private final StructuralSchema schema;

    DeclaredMergeType(MergeType merging, StructuralSchema schema) {
        this.merging = merging;
        this.schema = schema;
    }

    @Override
    public String shape() {
        return SchemaMergeType.shapeOf(schema);
    }

    @Override
    public boolean dropsNulls() {
        return merging.dropsNulls();
    }

    @Override
    public boolean isAtomicMap() {
        return merging.isAtomicMap();
    }

    @Override
    public ListKind listKind() {
        return merging.listKind();
    }

    @Override
    public List<String> listKeys() {
        return merging.listKeys();
    }

    @Override
    public JsonNode keyDefault(String key) {
        return merging.keyDefault(key);
    }

    @Override
    public MergeType items() {
        return schema.items() == null ? merging.items() : new DeclaredMergeType(merging.items(), schema.items());
    }

    @Override
    public MergeType field(String name) {
        StructuralSchema field = schema.field(name);
        if (field != null) {
            return new DeclaredMergeType(merging.field(name), field);
        }
        return schema.preserveUnknownFields() ? merging.field(name) : null;
    }

    @Override
    public boolean names(String field) {
        return merging.names(field);
    }

    @Override
    public boolean alwaysThere() {
        return merging.alwaysThere();
    }

    @Override
    public String patchKey() {
        return merging.patchKey();
    }
}
