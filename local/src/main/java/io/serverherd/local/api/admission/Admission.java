package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.schema.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies the rules of an object's kind and the schema that the kind has. */
public final class Admission {

    private static final KindRules NO_RULES = new KindRules() {};

    private final Map<String, KindRules> rulesByPlural;

    public Admission(StorageClasses classes, Clock clock) {
        rulesByPlural = Map.of(
                "configmaps", new ConfigMapRules(),
                "customresourcedefinitions", new DefinitionRules(clock),
                "namespaces", new NamespaceRules(),
                "networkpolicies", new NetworkPolicyRules(),
                "persistentvolumeclaims", new ClaimRules(classes),
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

    /**
     * Why an object that is not wrong may not be written all the same; empty: it may.
     *
     * @param live the stored object, or null on create
     */
    public Optional<String> forbids(ResourceType type, ObjectNode object, ObjectNode live) {
        return rules(type).forbids(object, live);
    }

    private KindRules rules(ResourceType type) {
        return type.custom() ? NO_RULES : rulesByPlural.getOrDefault(type.plural(), NO_RULES);
    }
}
