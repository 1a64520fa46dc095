package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.stream.Stream;

/** A budget's status counts nothing until a controller counts. */
final class BudgetRules implements KindRules {

    @Override
    public void assign(ObjectNode budget, ObjectNode live) {
        if (live == null) {
            ObjectNode status = Json.child(budget, "status");
            Stream.of("currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods")
                    .forEach(count -> status.put(count, 0));
        }
    }
}
