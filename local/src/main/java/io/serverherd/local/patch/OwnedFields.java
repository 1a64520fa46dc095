package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields that someone owns who applied a value: its leaves, the items of its lists, the entries of its free maps. */
final class OwnedFields {

    private OwnedFields() {}

    static FieldSet of(MergeType type, JsonNode value) {
        FieldSet.Builder set = new FieldSet.Builder();
        if (value.isObject() && !type.isAtomicMap()) {
            value.properties().forEach(field -> {
                MergeType fieldType = typeOf(type, field.getKey());
                boolean leaf = isLeaf(fieldType, field.getValue());
                boolean emptyMap =
                        field.getValue().isObject() && field.getValue().isEmpty();
                set.add(
                        PathElement.field(field.getKey()),
                        leaf || emptyMap || !type.names(field.getKey()),
                        leaf ? FieldSet.EMPTY : of(fieldType, field.getValue()));
            });
        } else if (value.isArray() && type.listKind() != MergeType.ListKind.ATOMIC) {
            value.forEach(item -> set.add(ListItems.identity(type, item), true, of(type.items(), item)));
        }
        return set.build();
    }

    /** The value is owned as one. */
    static boolean isLeaf(MergeType type, JsonNode value) {
        if (value.isObject()) {
            return type.isAtomicMap();
        }
        return !value.isArray() || type.listKind() == MergeType.ListKind.ATOMIC;
    }

    /** The type of a field; a field that the schema does not know is merged the plain way. */
    static MergeType typeOf(MergeType type, String field) {
        MergeType fieldType = type.field(field);
        return fieldType == null ? MergeTypeTable.plain() : fieldType;
    }
}
