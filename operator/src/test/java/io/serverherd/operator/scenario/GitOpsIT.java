package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A herd that a program applies from Git, again and again, and the operator that looks after it: neither is in the other's way. */
class GitOpsIT {

    private static final String PRODUCTION =
            ProjectFiles.ROOT.resolve("examples/gitops/herds/production").toString();
    /** What the overlay makes of the base. */
    private static final HerdManifest CAMPUS = HerdManifest.herd("campus")
            .servers("Alford Ball Hamilton Holiday Welsh Dykstra")
            .edges("Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday Dykstra-Alford Dykstra-Ball");

    private static final int SYNCS = 12;

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    @BeforeAll
    static void needKubectl() {
        assumeTrue(Kubectl.isInstalled(), "SKIPPED: there is no kubectl on the PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--server-side --field-manager=argocd-controller", "--server-side=false"})
    void syncingEverySecondChangesNothingAndLeavesNoDifference(String how) throws Exception {
        String namespace = CLUSTER.newNamespace();
        Kubectl kubectl = new Kubectl(CLUSTER.kubeconfig(), namespace);
        kubectl.run(words("apply " + how + " -k " + PRODUCTION));
        HerdUnderTest herd = CLUSTER.herd(namespace, CAMPUS).awaitReady().awaitQuiet();
        Map<String, String> versions = herd.versions();
        JsonNode before = herd.read();

        AtomicInteger syncs = new AtomicInteger();
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(OperatedCluster.PATIENCE)
                .until(() -> {
                    kubectl.run(words("apply " + how + " -k " + PRODUCTION));
                    return syncs.incrementAndGet() == SYNCS;
                });

        assertThat(herd.versions()).isEqualTo(versions);
        assertThat(herd.read().at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));
        assertThat(kubectl.run(words("diff " + how + " -k " + PRODUCTION))).isEmpty();
        assertThat(herd.read().path("spec"))
                .as("what is stored is what was applied: nobody adds anything")
                .isEqualTo(yaml(kubectl.run("kustomize", PRODUCTION)).path("spec"));
    }

    @Test
    void whatOthersAddToItsObjectsStaysAndIsNotFoughtOver() throws Exception {
        HerdManifest triangle = HerdManifest.herd("triangle").servers("A B C").edges("A-B B-C");
        HerdUnderTest herd = CLUSTER.apply(triangle).awaitReady();
        Kubectl kubectl = new Kubectl(CLUSTER.kubeconfig(), herd.namespace());

        for (String object : new String[] {"service/triangle", "sts/triangle-a", "cm/triangle-a", "pdb/triangle"}) {
            kubectl.run(
                    "annotate", object, "example.com/tracking-id=campus:apps/x", "--field-manager=argocd-controller");
            kubectl.run("label", object, "team=ours");
        }
        kubectl.run("annotate", "pod/triangle-a-0", "example.com/seen=yes");
        Map<String, String> processes = herd.processes();
        herd.awaitQuiet();
        herd.apply(triangle.edges("A-B B-C A-C"));
        herd.awaitReady().awaitQuiet();

        for (String object : new String[] {"service/triangle", "sts/triangle-a", "cm/triangle-a", "pdb/triangle"}) {
            JsonNode metadata = yaml(kubectl.run("get", object, "-o", "yaml")).path("metadata");
            assertThat(metadata.at("/annotations/example.com~1tracking-id").asText())
                    .as("the annotation of %s", object)
                    .isEqualTo("campus:apps/x");
            assertThat(metadata.at("/labels/team").asText())
                    .as("the label of %s", object)
                    .isEqualTo("ours");
        }
        assertThat(kubectl.run("get", "pod/triangle-a-0", "-o", "jsonpath={.metadata.annotations.example\\.com/seen}"))
                .isEqualTo("yes");
        assertThat(herd.processes()).isEqualTo(processes);
    }

    /** It writes into the pod template; the operator does not take it out again, and replaces the pod as it would for itself. */
    @Test
    void kubectlRolloutRestartRestartsThatServer() throws Exception {
        HerdUnderTest herd = CLUSTER.apply(
                        HerdManifest.herd("pair").servers("A B").edges("A-B"))
                .awaitReady();
        Map<String, String> processes = herd.processes();

        new Kubectl(CLUSTER.kubeconfig(), herd.namespace()).run("rollout", "restart", "sts/pair-a");

        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptions()
                .until(() -> !herd.server("A").process().equals(processes.get("A")));
        herd.awaitReady();
        assertThat(herd.server("B").process()).isEqualTo(processes.get("B"));
    }

    private static String[] words(String text) {
        return text.split(" ");
    }

    private static JsonNode yaml(String text) throws Exception {
        return new ObjectMapper(new YAMLFactory()).readTree(text);
    }
}
