package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.util.List;
import java.util.stream.Stream;

/** A budget says one of two things; its status counts nothing until a controller counts. */
final class BudgetRules implements KindRules {

    @Override
    public void assign(ObjectNode budget, ObjectNode live) {
        if (live == null) {
            ObjectNode status = Json.child(budget, "status");
            Stream.of("currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods")
                    .forEach(count -> status.put(count, 0));
        }
    }

    @Override
    public List<FieldError> check(ObjectNode budget, ObjectNode live) {
        ObjectNode spec = Json.child(budget, "spec");
        return spec.hasNonNull("minAvailable") && spec.hasNonNull("maxUnavailable")
                ? List.of(new FieldError(
                        "spec", FieldError.Type.INVALID, spec, "minAvailable and maxUnavailable cannot be both set"))
                : List.of();
    }
}
