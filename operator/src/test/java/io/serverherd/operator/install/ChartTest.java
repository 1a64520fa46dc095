package io.serverherd.operator.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.OperatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {

    @Test
    void helmFindsNothingToSay() {
        assertThat(Chart.lint().getMessages()).noneMatch(message -> message.matches("(?i).*(warning|error).*"));
        assertThat(Chart.lint().isFailed()).isFalse();
    }

    @Test
    void theOneFileHasTheChartsObjectsAndTheNamespace() throws IOException {
        Map<String, JsonNode> chart = render().byIdentity();
        Map<String, JsonNode> file =
                new Objects(Chart.parse(Files.readString(Path.of("../install/operator.yaml")))).byIdentity();

        assertThat(file.remove("Namespace " + Chart.NAMESPACE)
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        assertThat(file).isEqualTo(chart);
    }

    @Test
    void theDefinitionIsTheCommittedOne() throws IOException {
        List<?> committed = Chart.parse(Files.readString(Path.of("../crds/serverherds.serverherd.io-v1.yml")));

        CustomResourceDefinition rendered = render().one(CustomResourceDefinition.class);

        assertThat(rendered.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(rendered.getSpec()).isEqualTo(((CustomResourceDefinition) committed.get(0)).getSpec());
        assertThat(render("crd: {install: false}").kinds()).doesNotContain("CustomResourceDefinition");
    }

    @Test
    void versionsAreTheProjects() throws IOException {
        Matcher version = Pattern.compile("<artifactId>serverherd</artifactId>\\s*<version>(.*)</version>")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();

        String chart = Files.readString(Chart.FOLDER.resolve("Chart.yaml"));

        assertThat(chart).contains("\nversion: " + version.group(1) + "\n", "\nappVersion: " + version.group(1) + "\n");
        assertThat(pod(render()).getContainers().get(0).getImage())
                .isEqualTo("ghcr.io/serverherd/herd-operator:" + version.group(1));
    }

    @Test
    void withItsOwnValuesTheOperatorIsToldItsOwnDefaults() throws Exception {
        OperatorConfig told = OperatorConfig.from(render().environment());

        OperatorConfig untold = OperatorConfig.from(Map.of());
        assertThat(told)
                .usingRecursiveComparison()
                .ignoringFields("podName", "namespace", "http")
                .isEqualTo(untold);
    }

    @Test
    void valuesReachTheOperator() throws Exception {
        OperatorConfig config = OperatorConfig.from(render(
                        "watchNamespaces: [b, a]",
                        "nodeImage: registry.example/node:1",
                        "placesEndpoint: http://places.example/maps",
                        "logLevel: debug",
                        "replicas: 2")
                .environment());

        assertThat(config.watchNamespaces()).containsExactly("a", "b");
        assertThat(config.nodeImage()).isEqualTo("registry.example/node:1");
        assertThat(config.placesEndpoint()).isEqualTo("http://places.example/maps");
        assertThat(config.logLevel()).isEqualTo("debug");
        assertThat(config.leaderElection()).isTrue();
    }

    @Test
    void theOperatorLearnsFromTheClusterWhereItRuns() throws Exception {
        OperatorConfig config = OperatorConfig.from(render().environment());

        assertThat(config.namespace()).contains(Chart.NAMESPACE);
        assertThat(config.podName()).isEqualTo("serverherd-operator-0");
    }

    @Test
    void withNamespacesNamedNothingOfTheClusterIsGranted() throws IOException {
        Objects scoped = render("watchNamespaces: [a, b]");

        assertThat(scoped.of(ClusterRole.class)).isEmpty();
        assertThat(scoped.of(ClusterRoleBinding.class)).isEmpty();
        assertThat(scoped.of(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactly("a", "b");
        assertThat(scoped.of(RoleBinding.class))
                .allSatisfy(binding -> assertThat(binding.getSubjects())
                        .extracting(subject -> subject.getNamespace() + "/" + subject.getName())
                        .containsExactly("serverherd-system/serverherd-operator"))
                .extracting(binding -> binding.getMetadata().getNamespace())
                .containsExactly("a", "b");
        assertThat(scoped.of(Role.class)).allSatisfy(role -> assertThat(role.getRules())
                .isEqualTo(operatorsRole(render()).getRules()));
    }

    @Test
    void oneAloneElectsNobodyAndNeverOverlaps() throws IOException {
        Objects alone = render();

        assertThat(alone.environment()).containsEntry("OPERATOR_LEADER_ELECTION", "false");
        assertThat(alone.one(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("Recreate");
        assertThat(alone.kinds()).doesNotContain("Role", "RoleBinding", "PodDisruptionBudget");
    }

    @Test
    void severalElectALeaderByOneLeaseOfTheirOwnNamespace() throws IOException {
        Objects several = render("replicas: 2");

        assertThat(several.one(Deployment.class).getSpec().getReplicas()).isEqualTo(2);
        assertThat(several.one(Deployment.class).getSpec().getStrategy().getType())
                .isEqualTo("RollingUpdate");
        assertThat(pod(several).getTopologySpreadConstraints()).hasSize(1);
        assertThat(several.one(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(several.one(Role.class).getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
        assertThat(several.one(Role.class).getRules())
                .allSatisfy(rule -> assertThat(rule.getResources()).containsExactly("leases"))
                .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
                .allSatisfy(rule -> assertThat(rule.getResourceNames()).containsExactly("serverherd-operator"));
    }

    @Test
    void severalInTheNamespaceTheyWatchHaveARoleForEach() throws IOException {
        Objects both = render("replicas: 2", "watchNamespaces: [" + Chart.NAMESPACE + "]");

        assertThat(both.of(Role.class))
                .extracting(role -> role.getMetadata().getName())
                .containsExactlyInAnyOrder("serverherd-operator", "serverherd-operator-leader");
    }

    @Test
    void theOperatorIsGrantedNothingDangerous() throws IOException {
        Set<String> ofNoConcern = Set.of("pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers");
        Set<String> dangerous = Set.of("*", "escalate", "bind", "impersonate", "deletecollection");
        for (Objects way : List.of(render("replicas: 2"), render("replicas: 2", "watchNamespaces: [a]"))) {
            assertThat(way.operatorRules()).isNotEmpty().allSatisfy(rule -> {
                assertThat(rule.getApiGroups()).doesNotContain("*");
                assertThat(rule.getNonResourceURLs()).isEmpty();
                assertThat(rule.getResources()).noneMatch(r -> r.contains("*") || ofNoConcern.contains(r));
                assertThat(rule.getVerbs()).noneMatch(dangerous::contains);
            });
        }
    }

    @Test
    void secretsAreTheOperatorsConcernOnlyWhereItIsToMakeCertificates() throws IOException {
        assertThat(render().operatorRules())
                .anyMatch(rule -> rule.getResources().contains("secrets"));
        for (String where : List.of("watchNamespaces: []", "watchNamespaces: [a]")) {
            assertThat(render(where, "peerTls: {managed: false}").operatorRules())
                    .isNotEmpty()
                    .noneMatch(rule -> rule.getResources().contains("secrets"));
        }
    }

    @Test
    void certificatesAreTheOperatorsConcernOnlyWhereItIsToAskForThem() throws IOException {
        assertThat(render().operatorRules())
                .anyMatch(rule -> rule.getResources().contains("certificates"));
        for (String where : List.of("watchNamespaces: []", "watchNamespaces: [a]")) {
            assertThat(render(where, "certManager: false").operatorRules())
                    .isNotEmpty()
                    .noneMatch(rule -> rule.getResources().contains("certificates"));
        }
    }

    @Test
    void theDocumentedRightsAreTheGrantedOnes() throws IOException {
        String page = Files.readString(Path.of("../docs/security.md"));
        List<String> documented = Pattern.compile("(?m)^\\| `([-a-z./0-9]+)` \\| ([a-z, ]+) \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();

        List<String> granted = render("replicas: 2").operatorRules().stream()
                .flatMap(ChartTest::rows)
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void theDocumentedValuesAreTheCharts() throws IOException {
        String page = Files.readString(Chart.FOLDER.resolve("README.md"));
        List<String> documented = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\| `([^`]+)` \\|")
                .matcher(page)
                .results()
                .map(row -> row.group(1) + " = " + row.group(2))
                .toList();

        List<String> values = new ArrayList<>();
        flatten(
                "",
                new KubernetesSerialization()
                        .unmarshal(Files.readString(Chart.FOLDER.resolve("values.yaml")), Map.class),
                values);

        assertThat(documented).containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void peopleGetWhatTheClustersOwnRolesPromise() throws IOException {
        assertThat(render().of(ClusterRole.class))
                .filteredOn(role -> !role.getMetadata().getName().equals("serverherd-operator"))
                .extracting(role -> role.getMetadata().getLabels().keySet().stream()
                        .filter(label -> label.contains("aggregate-to"))
                        .map(label -> label.replaceAll(".*aggregate-to-", ""))
                        .sorted()
                        .toList())
                .containsExactlyInAnyOrder(List.of("view"), List.of("admin", "edit"));
        assertThat(render("userRoles: {create: false}").of(ClusterRole.class)).hasSize(1);
    }

    @Test
    void aDigestWinsOverATag() throws IOException {
        String digest = "sha256:" + "0".repeat(64);

        Objects pinned = render("image: {repository: registry.example/op, tag: old, digest: \"" + digest + "\"}");

        assertThat(pod(pinned).getContainers().get(0).getImage()).isEqualTo("registry.example/op@" + digest);
    }

    @Test
    void thePodsSettingsAreTaken() throws IOException {
        Deployment deployment = render(
                        "imagePullSecrets: [registry]",
                        "priorityClassName: important",
                        "podAnnotations: {team: positions}",
                        "nodeSelector: {disk: ssd}",
                        "tolerations: [{key: spot, operator: Exists}]",
                        "affinity: {nodeAffinity: {}}",
                        "resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 1Gi}}")
                .one(Deployment.class);

        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("team", "positions");
        assertThat(pod.getImagePullSecrets())
                .extracting(secret -> secret.getName())
                .containsExactly("registry");
        assertThat(pod.getPriorityClassName()).isEqualTo("important");
        assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
        assertThat(pod.getTolerations())
                .extracting(toleration -> toleration.getKey())
                .containsExactly("spot");
        assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(pod.getContainers()
                        .get(0)
                        .getResources()
                        .getRequests()
                        .get("memory")
                        .toString())
                .isEqualTo("1Gi");
    }

    @Test
    void metricsHaveAServiceAndOnRequestAMonitor() throws IOException {
        Objects monitored =
                render("metrics: {serviceMonitor: {enabled: true, interval: 10s, labels: {release: prom}}}");

        GenericKubernetesResource monitor = monitored.one(GenericKubernetesResource.class);
        assertThat(monitor.getKind()).isEqualTo("ServiceMonitor");
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prom");
        assertThat(monitor.<String>get("spec", "endpoints", 0, "interval")).isEqualTo("10s");
        assertThat(monitored.one(Service.class).getMetadata().getLabels())
                .containsAllEntriesOf(monitor.get("spec", "selector", "matchLabels"));
        assertThat(render().kinds()).contains("Service").doesNotContain("ServiceMonitor");
        assertThat(render("metrics: {service: false}").kinds()).doesNotContain("Service");
    }

    @Test
    void theNetworkPolicyNamesWhoMayReadMetrics() throws IOException {
        NetworkPolicy policy = render("networkPolicy: {from: [{namespaceSelector: {matchLabels: {team: watch}}}]}")
                .one(NetworkPolicy.class);

        assertThat(policy.getSpec().getIngress().get(0).getFrom()).hasSize(1);
        assertThat(render().one(NetworkPolicy.class)
                        .getSpec()
                        .getIngress()
                        .get(0)
                        .getFrom())
                .isEmpty();
        assertThat(render("networkPolicy: {enabled: false}").kinds()).doesNotContain("NetworkPolicy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replicas: 0                                 | replicas             | minimum
                    replicas: two                               | replicas             | integer
                    watchNamespaces: herds                      | watchNamespaces      | array
                    watchNamespaces: [My_Space]                 | watchNamespaces      | pattern
                    logLevel: loud                              | logLevel             | 'debug'
                    placesEndpoint: maps.googleapis.com         | placesEndpoint       | pattern
                    placesEndpoint: https://maps.example/       | placesEndpoint       | pattern
                    nodeImage: ""                               | nodeImage            | pattern
                    image: {tag: "a b"}                         | image/tag            | pattern
                    image: {digest: latest}                     | image/digest         | pattern
                    image: {pullPolicy: Sometimes}              | image/pullPolicy     | 'Always'
                    resources: {limits: {memory: lots}}         | resources/limits     | pattern
                    resources: {limits: {gpu: 1}}               | resources/limits     | gpu
                    metrics: {service: false, serviceMonitor: {enabled: true}} | metrics | service
                    networkPolicy: {from: [anybody]}            | networkPolicy/from   | object
                    podAnnotations: {a: 1}                      | podAnnotations       | string
                    replica: 2                                  | replica              | not allowed
                    """)
    void aWrongValueIsRefusedByName(String values, String where, String what) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    private static void flatten(String path, Object value, List<String> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, member) -> flatten(path.isEmpty() ? "" + key : path + "." + key, member, into));
        } else {
            into.add(path + " = " + ("".equals(value) ? "\"\"" : value));
        }
    }

    private static Objects render(String... values) throws IOException {
        return new Objects(Chart.objects(values));
    }

    private static PodSpec pod(Objects objects) {
        return objects.one(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static ClusterRole operatorsRole(Objects objects) {
        return objects.of(ClusterRole.class).stream()
                .filter(role -> role.getMetadata().getName().equals("serverherd-operator"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> rows(PolicyRule rule) {
        String group = rule.getApiGroups().get(0).isEmpty()
                ? ""
                : "." + rule.getApiGroups().get(0);
        return rule.getResources().stream()
                .map(resource -> resource.contains("/") ? resource.replaceFirst("/", group + "/") : resource + group)
                .map(resource -> resource + ": " + String.join(", ", rule.getVerbs()));
    }
}
