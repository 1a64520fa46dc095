package io.serverherd.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The objects of one way of installing, whatever order they come in. */
public record Objects(List<HasMetadata> all) {
    private static final String OPERATOR = "serverherd-operator";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each under its kind, namespace and name: what two ways of installing are compared by. */
    public Map<String, JsonNode> byIdentity() {
        Map<String, JsonNode> objects = new TreeMap<>();
        all.forEach(object -> objects.put(identity(object), JSON.valueToTree(object)));
        return objects;
    }

    List<String> kinds() {
        return all.stream().map(HasMetadata::getKind).sorted().toList();
    }

    <T extends HasMetadata> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> kind) {
        List<T> found = of(kind);
        assertThat(found).as("%s among %s", kind.getSimpleName(), kinds()).hasSize(1);
        return found.get(0);
    }

    /** What the operator's pod is told, with what the cluster fills in. */
    Map<String, String> environment() {
        Deployment deployment = one(Deployment.class);
        Map<String, String> fields = Map.of(
                "metadata.namespace",
                deployment.getMetadata().getNamespace(),
                "metadata.name",
                deployment.getMetadata().getName() + "-0");
        return deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom() == null
                                ? variable.getValue()
                                : fields.get(
                                        variable.getValueFrom().getFieldRef().getFieldPath())));
    }

    /** All that the operator is granted anywhere; the roles for people are not among it. */
    List<PolicyRule> operatorRules() {
        List<PolicyRule> rules = new ArrayList<>();
        of(ClusterRole.class).stream()
                .filter(role -> role.getMetadata().getName().startsWith(OPERATOR))
                .forEach(role -> rules.addAll(role.getRules()));
        of(Role.class).forEach(role -> rules.addAll(role.getRules()));
        return rules;
    }

    private static String identity(HasMetadata object) {
        return object.getKind() + " "
                + (object.getMetadata().getNamespace() == null
                        ? ""
                        : object.getMetadata().getNamespace() + "/")
                + object.getMetadata().getName();
    }
}
