package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.Optional;

/** A volume claim starts unbound; once bound nothing of it changes but its size, upwards, where its class allows that. */
final class ClaimRules implements KindRules {

    private static final String SIZE = "/spec/resources/requests/storage";

    private final StorageClasses classes;

    ClaimRules(StorageClasses classes) {
        this.classes = classes;
    }

    @Override
    public void complete(ObjectNode claim, ObjectNode live) {
        Defaults.text(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        if (live == null) {
            Json.child(claim, "status").put("phase", "Pending");
        }
    }

    @Override
    public void assign(ObjectNode claim, ObjectNode live) {
        ObjectNode spec = Json.child(claim, "spec");
        if (live == null && !spec.has("storageClassName")) {
            classes.byDefault().ifPresent(name -> spec.put("storageClassName", name));
        }
    }

    @Override
    public List<FieldError> check(ObjectNode claim, ObjectNode live) {
        if (live == null) {
            return List.of();
        }
        boolean bound = "Bound".equals(live.at("/status/phase").asText());
        if (!fixedPart(claim, bound).equals(fixedPart(live, bound))) {
            return List.of(
                    new FieldError(
                            "spec",
                            FieldError.Type.FORBIDDEN,
                            null,
                            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        }
        Optional<Quantity> capacity = quantity(live.at("/status/capacity/storage"));
        return bound && capacity.isPresent() && size(claim).compareTo(capacity.get()) < 0
                ? List.of(new FieldError(
                        "spec.resources.requests.storage",
                        FieldError.Type.FORBIDDEN,
                        null,
                        "field can not be less than status.capacity"))
                : List.of();
    }

    @Override
    public Optional<String> forbids(ObjectNode claim, ObjectNode live) {
        boolean grows = live != null && size(claim).compareTo(size(live)) > 0;
        boolean allowed = classes.named(claim.at("/spec/storageClassName").asText())
                .filter(storageClass ->
                        storageClass.path("allowVolumeExpansion").asBoolean())
                .isPresent();
        return grows && !allowed
                ? Optional.of("only dynamically provisioned pvc can be resized and the storageclass that provisions"
                        + " the pvc must support resize")
                : Optional.empty();
    }

    private static ObjectNode fixedPart(ObjectNode claim, boolean bound) {
        ObjectNode spec = claim.path("spec").deepCopy();
        spec.remove("volumeName");
        if (bound) {
            spec.remove("resources");
        }
        return spec;
    }

    private static Quantity size(ObjectNode claim) {
        return quantity(claim.at(SIZE)).orElse(new Quantity("0"));
    }

    private static Optional<Quantity> quantity(JsonNode amount) {
        return amount.isValueNode() ? Optional.of(new Quantity(amount.asText())) : Optional.empty();
    }
}
