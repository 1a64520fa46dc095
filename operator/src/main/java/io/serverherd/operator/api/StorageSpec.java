package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * A volume for each server's records.
 *
 * @param storageClassName null: the cluster's default
 * @param retention        null: Retain
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StorageSpec(
        @Required
        @ValidationRule(value = CelRules.SIZE_ABOVE_ZERO, message = StorageSpec.SIZE_MESSAGE)
        @JsonPropertyDescription(
                "How much each server's volume is to hold, such as 2Gi. It can be raised while the herd runs, where the"
                        + " StorageClass allows it, and never lowered.")
        Quantity size,

        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "The StorageClass of the volumes. Without it the cluster's default. A change counts for claims that are"
                        + " made from then on.")
        String storageClassName,

        @OneOf({StorageSpec.RETAIN, StorageSpec.DELETE})
        @JsonPropertyDescription(
                "What becomes of a server's claim, and so of its records, when the server or the herd is deleted: Retain,"
                        + " the default, leaves it for a server of the same name to find; Delete deletes it.")
        String retention) {

    public static final String RETAIN = "Retain";
    public static final String DELETE = "Delete";
    public static final String SIZE_MESSAGE = "size must be above zero, such as 2Gi";
}
