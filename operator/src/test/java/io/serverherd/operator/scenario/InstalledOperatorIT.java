package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.operator.install.Chart;
import io.serverherd.operator.install.Objects;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator as `make install` leaves it, and the ways of installing that are kubectl's. */
@Tag("e2e")
@AloneOnARealCluster
class InstalledOperatorIT {

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static String namespace;
    private static Kubectl kubectl;

    @BeforeAll
    static void makeANamespace() {
        namespace = CLUSTER.newNamespace();
        kubectl = new Kubectl(CLUSTER.kubeconfig(), namespace);
    }

    @Test
    void theOperatorIsReadyWhereOnlyRestrictedPodsMayBe() throws Exception {
        kubectl.run("-n", Chart.NAMESPACE, "rollout", "status", "deployment/serverherd-operator", "--timeout=60s");

        assertThat(CLUSTER.client()
                        .namespaces()
                        .withName(Chart.NAMESPACE)
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(enforceRestricted(Chart.NAMESPACE)).doesNotContain("Warning");
    }

    @Test
    void whatRunsIsWhatTheFileSays() throws Exception {
        assertThat(kubectl.run(
                        "-n",
                        Chart.NAMESPACE,
                        "diff",
                        "--server-side",
                        "-f",
                        ProjectFiles.ROOT.resolve("install/operator.yaml").toString()))
                .isEmpty();
    }

    @Test
    void aHerdGetsReadyWhereOnlyRestrictedPodsMayBeAndIsInTheMetrics() throws Exception {
        HerdManifest pair = HerdManifest.herd("pair").servers("A B").edges("A-B");

        CLUSTER.apply(namespace, pair).awaitReady();

        assertThat(enforceRestricted(namespace)).doesNotContain("Warning");
        assertThat(CLUSTER.client()
                        .raw("/api/v1/namespaces/" + Chart.NAMESPACE
                                + "/services/serverherd-operator:http/proxy/metrics"))
                .contains("serverherd_ready{herd=\"pair\",namespace=\"" + namespace + "\"} 1");
    }

    @ParameterizedTest
    @CsvSource({
        "view, get, yes",
        "view, create, no",
        "edit, create, yes",
        "edit, deletecollection, yes",
        "admin, patch, yes"
    })
    void peopleMayDoWithHerdsWhatTheirRoleSays(String role, String verb, String answer) throws Exception {
        String person = "mira-" + role + "-" + verb;
        kubectl.run("create", "rolebinding", person, "--clusterrole=" + role, "--user=" + person);

        assertThat(kubectl.answer("auth", "can-i", verb, "serverherds.serverherd.io", "--as=" + person))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"base, ''", "namespaced, 'watchNamespaces: [herds]'", "two-replicas, 'replicas: 2'"})
    void kustomizeMakesWhatTheChartMakes(String folder, String values) throws Exception {
        String path =
                ProjectFiles.ROOT.resolve("install/kustomize").resolve(folder).toString();

        Map<String, JsonNode> made = new Objects(Chart.parse(kubectl.run("kustomize", path))).byIdentity();

        assertThat(made.remove("Namespace " + Chart.NAMESPACE)).isNotNull();
        assertThat(made).isEqualTo(new Objects(Chart.objects(values)).byIdentity());
    }

    /** What the API server says of the pods that are there when it is asked to enforce the standard. */
    private static String enforceRestricted(String namespace) throws Exception {
        return kubectl.run(
                "label",
                "--dry-run=server",
                "--overwrite",
                "namespace",
                namespace,
                "pod-security.kubernetes.io/enforce=restricted",
                "pod-security.kubernetes.io/enforce-version=latest");
    }
}
