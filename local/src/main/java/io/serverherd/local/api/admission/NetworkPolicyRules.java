package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.stream.Stream;

/** Says which directions a policy is about, where its writer did not. */
final class NetworkPolicyRules implements KindRules {

    @Override
    public void complete(ObjectNode policy, ObjectNode live) {
        ObjectNode spec = Json.child(policy, "spec");
        if (!spec.has("policyTypes")) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (spec.path("egress").size() > 0) {
                types.add("Egress");
            }
        }
        Stream.of("ingress", "egress")
                .flatMap(direction -> Defaults.each(spec.path(direction)))
                .flatMap(rule -> Defaults.each(rule.path("ports")))
                .forEach(port -> Defaults.text(port, "protocol", "TCP"));
    }
}
