package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One served version of a custom resource: its structural schema and its compiled rules. Immutable, made once for each
 * definition.
 */
public final class CustomResourceSchema {

    /** Rules are written for objects of the right shape: with one of these faults they are not run. */
    private static final Set<FieldError.Type> KEEPS_RULES_FROM_RUNNING = EnumSet.of(
            FieldError.Type.REQUIRED,
            FieldError.Type.NOT_SUPPORTED,
            FieldError.Type.TOO_LONG,
            FieldError.Type.TOO_MANY,
            FieldError.Type.TYPE_INVALID);

    private final StructuralSchema schema;
    private final CelRules rules;

    private CustomResourceSchema(StructuralSchema schema, CelRules rules) {
        this.schema = schema;
        this.rules = rules;
    }

    /**
     * @param openApiV3Schema {@code spec.versions[i].schema.openAPIV3Schema} of the definition
     * @throws InvalidSchemaException naming the schema node or rule that cannot be used
     */
    public static CustomResourceSchema compile(JsonNode openApiV3Schema) {
        StructuralSchema schema = StructuralSchema.parse(openApiV3Schema);
        return new CustomResourceSchema(schema, CelRules.compile(schema));
    }

    public StructuralSchema structure() {
        return schema;
    }

    /**
     * Makes an object that a client sent fit to be validated: prunes unknown fields, drops nulls where they are not allowed
     * and fills in defaults, in place.
     *
     * @return the pruned fields, such as {@code spec.foo}
     */
    public List<String> normalise(ObjectNode object) {
        List<String> pruned = Pruning.prune(schema, object);
        ObjectMetaFields.dropEmpty(object);
        Defaulting.apply(schema, object);
        return pruned;
    }

    /**
     * Makes the result of a server-side apply fit to be validated: fills in defaults, in place. A list or map that lost its
     * last item to its applier, while somebody else still owns its being there, is null and stays so: an API server
     * refuses the apply for it.
     */
    public void normaliseApplied(ObjectNode object) {
        ObjectMetaFields.dropEmpty(object);
        Defaulting.fill(schema, object);
    }

    /**
     * Validates an object that was normalised.
     *
     * @param old the stored object when this is an update, or null. What was wrong before and did not change is let
     *     through, so that a stricter definition does not freeze the objects that are there.
     * @return what is wrong; empty when the object may be stored
     */
    public List<FieldError> validate(ObjectNode object, ObjectNode old) {
        List<FieldError> errors = new ArrayList<>(SchemaValidation.validate(schema, object, old));
        errors.addAll(ListTypeValidation.validate(schema, object, old));
        if (rules.isEmpty()) {
            return errors;
        }
        if (errors.stream().anyMatch(error -> KEEPS_RULES_FROM_RUNNING.contains(error.type()))) {
            errors.add(FieldError.invalid(
                    "",
                    JsonNodeFactory.instance.nullNode(),
                    "some validation rules were not checked because the object was invalid;"
                            + " correct the existing errors to complete validation"));
            return errors;
        }
        errors.addAll(rules.validate(object, old));
        return errors;
    }
}
