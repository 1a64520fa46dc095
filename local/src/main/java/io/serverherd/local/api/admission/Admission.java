package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.schema.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Applies the rules of an object's kind and the schema that the kind has. */
public final class Admission {

    private static final KindRules NO_RULES = new KindRules() {};

    private final Map<String, KindRules> rulesByPlural;

    public Admission(Clock clock) {
        rulesByPlural = Map.of(
                "customresourcedefinitions", new DefinitionRules(clock),
                "namespaces", new NamespaceRules(),
                "networkpolicies", new NetworkPolicyRules(),
                "persistentvolumeclaims", new ClaimRules(),
                "poddisruptionbudgets", new BudgetRules(),
                "pods", new PodRules(),
                "secrets", new SecretRules(),
                "services", new ServiceRules(),
                "statefulsets", new StatefulSetRules());
    }

    /** @param live the stored object, or null on create */
    public void complete(ResourceType type, ObjectNode object, ObjectNode live) {
        rules(type).complete(object, live);
    }

    /** @param live the stored object, or null on create */
    public void assign(ResourceType type, ObjectNode object, ObjectNode live) {
        rules(type).assign(object, live);
    }

    /**
     * All that is wrong with a completed object; empty when it may be stored.
     *
     * @param live the stored object, or null on create
     */
    public List<FieldError> check(ResourceType type, ObjectNode object, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>(type.schema().checks().validate(object, live));
        errors.addAll(rules(type).check(object, live));
        return errors;
    }

    private KindRules rules(ResourceType type) {
        return type.custom() ? NO_RULES : rulesByPlural.getOrDefault(type.plural(), NO_RULES);
    }
}
