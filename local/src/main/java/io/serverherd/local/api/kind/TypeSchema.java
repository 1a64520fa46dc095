package io.serverherd.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.patch.MergeType;
import io.serverherd.local.schema.CustomResourceSchema;
import io.serverherd.local.schema.StructuralSchema;
import java.util.function.Supplier;

/**
 * What objects of a kind look like, in the three forms that are asked for: to tell, to check and to merge. Each is made
 * when first asked for, since most kinds are never used in one run.
 */
public final class TypeSchema {

    private final Supplier<ObjectNode> openApi;
    private final Supplier<CustomResourceSchema> checks;
    private final Supplier<MergeType> merging;

    private TypeSchema(
            Supplier<ObjectNode> openApi, Supplier<CustomResourceSchema> checks, Supplier<MergeType> merging) {
        this.openApi = new Once<>(openApi);
        this.checks = new Once<>(checks);
        this.merging = new Once<>(merging);
    }

    static TypeSchema ofModel(String apiVersion, String kind, Class<?> model) {
        return new TypeSchema(
                () -> ModelSchema.of(model),
                () -> CustomResourceSchema.compile(ModelSchema.of(model)),
                () -> MergeType.builtIn(apiVersion, kind, StructuralSchema.parse(ModelSchema.of(model))));
    }

    /** @throws io.serverherd.local.schema.InvalidSchemaException when the definition's schema cannot be used */
    static TypeSchema ofDefinition(JsonNode openApiV3Schema) {
        CustomResourceSchema compiled = CustomResourceSchema.compile(openApiV3Schema);
        return new TypeSchema(
                () -> openApiV3Schema.deepCopy(), () -> compiled, () -> MergeType.of(compiled.structure()));
    }

    /** A copy, the caller's to change. */
    public ObjectNode openApi() {
        return openApi.get().deepCopy();
    }

    public CustomResourceSchema checks() {
        return checks.get();
    }

    public MergeType merging() {
        return merging.get();
    }

    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private T value;

        private Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public synchronized T get() {
            if (value == null) {
                value = source.get();
            }
            return value;
        }
    }
}
