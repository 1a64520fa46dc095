package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.serverherd.operator.install.Chart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator for one namespace, installed by Helm. Two operators must not look after the same herd, so the one of the
 * cluster rests meanwhile.
 */
@Tag("e2e")
class ScopedOperatorIT {
    private static final Path KUBECONFIG = Path.of(String.valueOf(System.getenv("KUBECONFIG")));
    private static final String RELEASE = "scoped";
    private static final int SECONDS = 120;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String home = "scoped-home-" + unique;
    private final String watched = "scoped-watched-" + unique;
    private final String elsewhere = "scoped-elsewhere-" + unique;
    private final Kubectl kubectl = new Kubectl(KUBECONFIG, watched);
    private KubernetesClient client;

    @BeforeEach
    void restTheClustersOperator() throws Exception {
        assertThat(System.getenv("KUBECONFIG"))
                .as("the environment variable KUBECONFIG must name a cluster with the operator in it (make install)")
                .isNotBlank();
        client = new KubernetesClientBuilder().build();
        for (String namespace : new String[] {home, watched, elsewhere}) {
            kubectl.run("create", "namespace", namespace);
            kubectl.run("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        }
        scaleTheClustersOperator(0);
    }

    @AfterEach
    void wakeTheClustersOperator() throws Exception {
        Helm.uninstall(RELEASE)
                .withNamespace(home)
                .withKubeConfig(KUBECONFIG)
                .ignoreNotFound()
                .call();
        scaleTheClustersOperator(1);
        for (String namespace : new String[] {home, watched, elsewhere}) {
            client.namespaces().withName(namespace).delete();
        }
        client.close();
    }

    @Test
    void looksAfterItsNamespaceAloneAndLeavesItServing(@TempDir Path folder) throws Exception {
        Path values = folder.resolve("values.yaml");
        Files.writeString(values, "crd: {install: false}\nwatchNamespaces: [" + watched + "]\n");
        HerdUnderTest mine = herd(watched);
        HerdUnderTest notMine = herd(elsewhere);
        new Helm(Chart.FOLDER)
                .install()
                .withName(RELEASE)
                .withNamespace(home)
                .withKubeConfig(KUBECONFIG)
                .withValuesFile(values)
                .waitReady()
                .withTimeout(SECONDS)
                .call();
        mine.apply(mine.manifest());
        notMine.apply(notMine.manifest());
        mine.awaitReady();
        assertThat(notMine.read().at("/status/observedGeneration").asInt()).isEqualTo(-1);
        assertThat(may("list", "pods", watched)).isEqualTo("yes");
        assertThat(may("list", "pods", elsewhere)).isEqualTo("no");
        assertThat(may("list", "serverherds.serverherd.io", elsewhere)).isEqualTo("no");
        Map<String, String> pods = pods(mine);

        new Helm(Chart.FOLDER)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(home)
                .withKubeConfig(KUBECONFIG)
                .reuseValues()
                .set("replicas", "2")
                .waitReady()
                .withTimeout(SECONDS)
                .call();
        HerdManifest rewired = mine.manifest().edges("A-B B-C A-C");
        mine.apply(rewired);
        mine.awaitReady();
        assertThat(pods(mine)).isEqualTo(pods);

        Helm.uninstall(RELEASE).withNamespace(home).withKubeConfig(KUBECONFIG).call();
        awaitNoOperatorIn(home);
        assertThat(kubectl.run("get", "crd", "serverherds.serverherd.io", "-o", "name"))
                .isNotEmpty();
        mine.apply(rewired.edges("A-B B-C"));
        assertThat(pods(mine)).isEqualTo(pods);

        scaleTheClustersOperator(1);
        mine.awaitReady();
        notMine.awaitReady();
        assertThat(pods(mine)).isEqualTo(pods);
    }

    private HerdUnderTest herd(String namespace) {
        HerdManifest manifest = HerdManifest.herd("trio").servers("A B C").edges("A-B B-C");
        return new HerdUnderTest(client, PodPorts.direct(), namespace, manifest);
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

    private String may(String verb, String resource, String namespace) throws Exception {
        return kubectl.answer(
                "-n",
                namespace,
                "auth",
                "can-i",
                verb,
                resource,
                "--as=system:serviceaccount:" + home + ":serverherd-operator");
    }

    private void scaleTheClustersOperator(int replicas) throws Exception {
        kubectl.run("-n", Chart.NAMESPACE, "scale", "deployment/serverherd-operator", "--replicas=" + replicas);
        kubectl.run(
                "-n",
                Chart.NAMESPACE,
                "rollout",
                "status",
                "deployment/serverherd-operator",
                "--timeout=" + SECONDS + "s");
        if (replicas == 0) {
            awaitNoOperatorIn(Chart.NAMESPACE);
        }
    }

    private void awaitNoOperatorIn(String namespace) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/name", "serverherd-operator")
                .list()
                .getItems()
                .isEmpty());
    }
}
