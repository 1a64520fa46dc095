package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.serverherd.local.api.Access;
import io.serverherd.operator.install.Chart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Allows the operator what the chart's roles grant it, everybody else everything; notes what the operator asked for. */
final class OperatorAccess implements Access.Rules {

    private static final String OPERATOR = "serverherd-operator";

    private final List<Grant> grants;
    private final Set<String> used = new ConcurrentSkipListSet<>();
    private final Set<String> refused = new ConcurrentSkipListSet<>();

    /** @param namespace empty: in all of them */
    private record Grant(String namespace, PolicyRule rule) {

        boolean allows(Access access) {
            return (namespace.isEmpty() || namespace.equals(access.namespace()))
                    && rule.getApiGroups().contains(access.group())
                    && rule.getResources().contains(access.resource())
                    && rule.getVerbs().contains(access.verb())
                    && (rule.getResourceNames().isEmpty()
                            || rule.getResourceNames().contains(access.name()));
        }

        List<String> rights() {
            List<String> rights = new ArrayList<>();
            rule.getVerbs().forEach(verb -> rule.getApiGroups().forEach(group -> rule.getResources()
                    .forEach(resource -> rights.add(right(verb, resource, group)))));
            return rights;
        }
    }

    private OperatorAccess(List<Grant> grants) {
        this.grants = grants;
    }

    /** As it is installed for all namespaces and with two replicas: with the most there is. */
    static OperatorAccess installed() throws IOException {
        List<HasMetadata> objects = Chart.objects("replicas: 2");
        List<Grant> grants = new ArrayList<>();
        for (HasMetadata object : objects) {
            if (object instanceof ClusterRoleBinding binding && isOfOperator(binding.getSubjects())) {
                grants.addAll(grants("", binding.getRoleRef(), objects));
            } else if (object instanceof RoleBinding binding && isOfOperator(binding.getSubjects())) {
                grants.addAll(grants(binding.getMetadata().getNamespace(), binding.getRoleRef(), objects));
            }
        }
        return new OperatorAccess(grants);
    }

    private static boolean isOfOperator(List<Subject> subjects) {
        return subjects.stream()
                .anyMatch(subject -> subject.getKind().equals("ServiceAccount")
                        && subject.getName().equals(OPERATOR));
    }

    private static List<Grant> grants(String namespace, RoleRef ref, List<HasMetadata> objects) {
        List<PolicyRule> rules = objects.stream()
                .filter(object -> object.getKind().equals(ref.getKind())
                        && object.getMetadata().getName().equals(ref.getName()))
                .map(object -> object instanceof ClusterRole role ? role.getRules() : ((Role) object).getRules())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the chart binds a role it does not have: " + ref));
        return rules.stream().map(rule -> new Grant(namespace, rule)).toList();
    }

    @Override
    public boolean allow(Access access) {
        if (!access.agent().equals(OPERATOR)) {
            return true;
        }
        String right = right(access.verb(), access.resource(), access.group());
        used.add(right);
        if (wouldAllow(access)) {
            return true;
        }
        refused.add(right + " in " + access.namespace());
        return false;
    }

    /** To ask is not to use. */
    @Override
    public boolean wouldAllow(Access access) {
        return !access.agent().equals(OPERATOR) || grants.stream().anyMatch(grant -> grant.allows(access));
    }

    /** Such as {@code patch statefulsets.apps}. */
    Set<String> granted() {
        Set<String> granted = new TreeSet<>();
        grants.forEach(grant -> granted.addAll(grant.rights()));
        return granted;
    }

    Set<String> used() {
        return used;
    }

    /** What it asked for and may not do, with the namespace. */
    Set<String> refused() {
        return refused;
    }

    private static String right(String verb, String resource, String group) {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
