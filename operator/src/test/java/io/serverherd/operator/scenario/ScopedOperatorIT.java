package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.operator.install.Chart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator for one namespace, installed by Helm. Two operators must not look after the same herd, so the one of the
 * cluster rests meanwhile.
 */
@Tag("e2e")
@AloneOnARealCluster
class ScopedOperatorIT {
    private static final String RELEASE = "scoped";

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private String home;
    private Kubectl kubectl;

    @BeforeEach
    void restTheClustersOperator() throws Exception {
        home = CLUSTER.newNamespace();
        kubectl = new Kubectl(CLUSTER.kubeconfig(), home);
        CLUSTER.operator().stop();
    }

    @AfterEach
    void wakeTheClustersOperator() throws Exception {
        uninstall();
        CLUSTER.startOperator().awaitReady();
    }

    @Test
    void looksAfterItsNamespaceAloneAndLeavesItServing(@TempDir Path folder) throws Exception {
        HerdManifest trio = HerdManifest.herd("trio").servers("A B C").edges("A-B B-C");
        HerdUnderTest mine = CLUSTER.apply(trio);
        HerdUnderTest notMine = CLUSTER.apply(trio);
        Path values = folder.resolve("values.yaml");
        Files.writeString(values, "crd: {install: false}\nwatchNamespaces: [" + mine.namespace() + "]\n");

        install(values);

        mine.awaitReady();
        assertThat(notMine.read().at("/status/observedGeneration").asInt()).isEqualTo(-1);
        assertThat(may("list", "pods", mine.namespace())).isEqualTo("yes");
        assertThat(may("list", "pods", notMine.namespace())).isEqualTo("no");
        assertThat(may("list", "serverherds.serverherd.io", notMine.namespace()))
                .isEqualTo("no");
        Map<String, String> pods = pods(mine);

        upgradeToTwo();

        mine.apply(trio.edges("A-B B-C A-C"));
        mine.awaitReady();
        assertThat(pods(mine)).isEqualTo(pods);

        uninstall();

        assertThat(kubectl.run("get", "crd", "serverherds.serverherd.io", "-o", "name"))
                .isNotEmpty();
        mine.apply(trio);
        assertThat(pods(mine)).isEqualTo(pods);

        CLUSTER.startOperator();

        mine.awaitReady();
        notMine.awaitReady();
        assertThat(pods(mine)).isEqualTo(pods);
    }

    private void install(Path values) {
        new Helm(Chart.FOLDER)
                .install()
                .withName(RELEASE)
                .withNamespace(home)
                .withKubeConfig(CLUSTER.kubeconfig())
                .withValuesFile(values)
                .waitReady()
                .withTimeout(patience())
                .call();
    }

    private void upgradeToTwo() {
        new Helm(Chart.FOLDER)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(home)
                .withKubeConfig(CLUSTER.kubeconfig())
                .reuseValues()
                .set("replicas", "2")
                .waitReady()
                .withTimeout(patience())
                .call();
    }

    /** Nothing when it is gone already. */
    private void uninstall() {
        Helm.uninstall(RELEASE)
                .withNamespace(home)
                .withKubeConfig(CLUSTER.kubeconfig())
                .ignoreNotFound()
                .call();
        await().atMost(OperatedCluster.PATIENCE).untilAsserted(() -> assertThat(
                        CLUSTER.client().pods().inNamespace(home).list().getItems())
                .as("pods of the operator that was uninstalled")
                .isEmpty());
    }

    private static int patience() {
        return (int) OperatedCluster.PATIENCE.toSeconds();
    }

    private String may(String verb, String resource, String namespace) throws Exception {
        String operator = "system:serviceaccount:" + home + ":serverherd-operator";
        return kubectl.answer("-n", namespace, "auth", "can-i", verb, resource, "--as=" + operator);
    }

    /** Each pod, how often its container was started and whether it serves: equal means that nobody noticed anything. */
    private static Map<String, String> pods(HerdUnderTest herd) {
        Map<String, String> pods = new TreeMap<>();
        for (Pod pod : herd.pods()) {
            pods.put(
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid() + " "
                            + pod.getStatus().getContainerStatuses().stream()
                                    .map(container -> container.getReady() + " " + container.getRestartCount())
                                    .toList());
        }
        return pods;
    }
}
