package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** The structural schema of one version of a custom resource, parsed from {@code openAPIV3Schema}. Immutable. */
public final class StructuralSchema {

    private final JsonNode source;

    private StructuralSchema(JsonNode source) {
        this.source = source;
    }

    public static StructuralSchema parse(JsonNode openApiV3Schema) {
        return new StructuralSchema(openApiV3Schema);
    }

    public JsonNode source() {
        return source;
    }
}
