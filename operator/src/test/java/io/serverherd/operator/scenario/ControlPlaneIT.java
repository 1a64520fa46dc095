package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster itself is hurt in the middle of a rewiring: clients notice nothing, and the rewiring ends soon after. */
@Tag("e2e")
@AloneOnARealCluster
class ControlPlaneIT {
    private static final HerdManifest RING = HerdManifest.fiveNodes("ring");

    /** Some edges come and one goes, and a server comes: a matter of seconds even when all is well. */
    private static final HerdManifest REWIRED = RING.servers("Alford Ball Hamilton Holiday Welsh Bruin")
            .edges("Alford-Hamilton Alford-Welsh Ball-Holiday Hamilton-Holiday Alford-Ball Bruin-Welsh Bruin-Ball");

    private static final Duration CONVERGED_AFTER = Duration.ofSeconds(30);
    /** Of a server whose own machine is busy with all of this. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private static NodeShell node;

    /** What is done to the cluster; ends when what was hurt is back. */
    private interface Fault {
        void happen() throws Exception;
    }

    @BeforeAll
    static void needTheNode() {
        node = NodeShell.required();
    }

    @Test
    void theApiServerStandsStillForAMinute() throws Exception {
        rewireDuring("API server stopped for 60 s", () -> {
            node.run("pkill", "-STOP", "kube-apiserver");
            try {
                Thread.sleep(Duration.ofSeconds(60).toMillis());
            } finally {
                node.run("pkill", "-CONT", "kube-apiserver");
            }
        });
    }

    @Test
    void theApiServerIsKilled() throws Exception {
        rewireDuring("API server killed", () -> {
            node.run("pkill", "-KILL", "kube-apiserver");
            awaitAnswer(() -> CLUSTER.client().raw("/readyz"));
        });
    }

    @Test
    void theKubeletIsKilled() throws Exception {
        String name =
                CLUSTER.client().nodes().list().getItems().get(0).getMetadata().getName();
        rewireDuring("kubelet killed", () -> {
            node.run("pkill", "-KILL", "kubelet");
            awaitAnswer(() -> CLUSTER.client().raw("/api/v1/nodes/" + name + "/proxy/healthz"));
        });
    }

    /** By a narrow pipe with a long queue at each end of every cable; not all kernels can delay packets as such. */
    @Test
    void theNetworkIsSlow() throws Exception {
        rewireDuring("network slowed for 20 s", () -> {
            onEveryInterface("tc qdisc add dev $i root tbf rate 256kbit burst 128kb latency 5s");
            try {
                Thread.sleep(Duration.ofSeconds(20).toMillis());
            } finally {
                onEveryInterface("tc qdisc del dev $i root 2>/dev/null");
            }
        });
    }

    /** A pod's end of a cable goes with the pod. */
    private static void onEveryInterface(String command) throws Exception {
        node.run("sh", "-c", "for i in $(ls /sys/class/net); do " + command + "; done; true");
    }

    private static void awaitAnswer(Callable<String> question) {
        await().atMost(OperatedCluster.PATIENCE).ignoreExceptions().until(() -> "ok".equals(question.call()));
    }

    private static void rewireDuring(String name, Fault fault) throws Exception {
        HerdUnderTest herd = CLUSTER.apply(RING).awaitReady();
        Map<String, String> processes = herd.processes();
        Map<String, String> links = herd.links();
        PodTraffic traffic = PodTraffic.start(CLUSTER.client(), herd, "Alford");

        herd.apply(REWIRED);
        fault.happen();
        long back = System.nanoTime();
        herd.awaitReadyWithin(CONVERGED_AFTER);
        Duration took = Duration.ofNanos(System.nanoTime() - back);

        traffic.awaitMore();
        PodTraffic.Summary summary = traffic.stop();
        System.out.printf("%s: converged %d ms after, %s%n", name, took.toMillis(), summary);
        assertThat(summary.answered()).isEqualTo(summary.sent());
        assertThat(summary.longestSilence()).isLessThan(LONGEST_SILENCE);
        herd.awaitEverywhere("kiwi", summary.lastRecord());
        assertThat(herd.processes()).containsAllEntriesOf(processes);
        links.remove("Ball>Welsh");
        links.remove("Welsh>Ball");
        assertThat(herd.links()).containsAllEntriesOf(links);
    }
}
