package io.serverherd.local.schema;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types that rules see: each object of a schema is a struct of its own, so that a misspelt field does not compile. */
final class CelTypes implements CelTypeProvider {

    private static final Map<String, CelType> OF_METADATA =
            Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING);

    private final Map<String, CelType> structs = new LinkedHashMap<>();

    /** @param name of the type, unique by where it is in the schema: {@code self.spec} */
    CelType typeOf(StructuralSchema schema, String name, boolean isResource) {
        if (schema.intOrString() || schema.type() == null) {
            return SimpleType.DYN;
        }
        return switch (schema.type()) {
            case "string" -> stringType(schema);
            case "integer" -> SimpleType.INT;
            case "number" -> SimpleType.DOUBLE;
            case "boolean" -> SimpleType.BOOL;
            case "array" ->
                ListType.create(
                        schema.items() == null
                                ? SimpleType.DYN
                                : typeOf(
                                        schema.items(),
                                        name + ".items",
                                        schema.items().embeddedResource()));
            default -> objectType(schema, name, isResource);
        };
    }

    private static CelType stringType(StructuralSchema schema) {
        return switch (StringFormats.of(schema)) {
            case "date-time", "date" -> SimpleType.TIMESTAMP;
            case "duration" -> SimpleType.DURATION;
            case "byte" -> SimpleType.BYTES;
            default -> SimpleType.STRING;
        };
    }

    private CelType objectType(StructuralSchema schema, String name, boolean isResource) {
        if (schema.additionalProperties() != null) {
            StructuralSchema values = schema.additionalProperties();
            return MapType.create(SimpleType.STRING, typeOf(values, name + ".values", values.embeddedResource()));
        }
        if (schema.preserveUnknownFields() && schema.properties().isEmpty() && !isResource) {
            return SimpleType.DYN;
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        schema.properties().forEach((field, fieldSchema) -> {
            String escaped = CelNames.escape(field);
            if (escaped != null) {
                fields.put(escaped, typeOf(fieldSchema, name + "." + escaped, fieldSchema.embeddedResource()));
            }
        });
        if (isResource) {
            fields.put("apiVersion", SimpleType.STRING);
            fields.put("kind", SimpleType.STRING);
            fields.put("metadata", struct(name + ".metadata", OF_METADATA));
        }
        return struct(name, fields);
    }

    private CelType struct(String name, Map<String, CelType> fields) {
        // Parentheses, for a plain self.spec would be found as a type where a rule means the field.
        String typeName = "(" + name + ")";
        StructType struct = StructType.create(
                typeName, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
        structs.put(typeName, struct);
        return struct;
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }
}
