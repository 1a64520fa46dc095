package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;

/**
 * A client in a pod of its own that reports its position ten times a second over one connection to one server. It needs
 * nobody while it does: a {@link Traffic}'s connection goes through the API server, and would share its fate.
 */
final class PodTraffic {
    /** By the machine's clock that nobody sets, in seconds. */
    private static final String SCRIPT = """
            mkdir /dev/shm/traffic && cd /dev/shm/traffic && mkfifo lines
            (nc %s 12000 <lines | while read -r answer; do
               read -r now rest </proc/uptime; echo "$now $answer"
             done >answers; touch ended) >/dev/null 2>&1 &
            (exec 3>lines; n=0
             while [ ! -e stop ]; do
               n=$((n + 1)); echo "IAMAT kiwi +34.068930-118.445127 $((1500000000 + n))" >&3 && echo $n >sent; sleep 0.1
             done
             touch silent; while [ ! -e over ]; do sleep 1; done) >/dev/null 2>&1 &
            """;

    private final PodShell client;

    private PodTraffic(PodShell client) {
        this.client = client;
    }

    /** @param answered reports that had an answer */
    record Summary(int sent, int answered, Duration longestSilence, String lastRecord) {}

    static PodTraffic start(KubernetesClient client, HerdUnderTest herd, String server) throws Exception {
        PodShell shell = ClientPod.start(client, herd.namespace(), "traffic", Map.of());
        shell.run(SCRIPT.formatted(herd.server(server).pod().getStatus().getPodIP()));
        PodTraffic traffic = new PodTraffic(shell);
        await().atMost(OperatedCluster.PATIENCE).until(() -> traffic.answers() > 0);
        return traffic;
    }

    /** Waits until more reports were answered, so that what happened in between happened under traffic. */
    void awaitMore() throws Exception {
        int before = answers();
        await().atMost(OperatedCluster.PATIENCE).until(() -> answers() > before + 10);
    }

    private int answers() throws Exception {
        return Integer.parseInt(inFolder("wc -l <answers").strip());
    }

    /** Ends the reports; fails if the server closed the connection before. */
    Summary stop() throws Exception {
        inFolder("touch stop");
        await().atMost(OperatedCluster.PATIENCE)
                .until(() -> !inFolder("ls").contains("silent") ? false : answers() >= sent() || ended());
        assertThat(ended()).as("the server dropped its client").isFalse();
        String[] figures = inFolder(
                        "awk 'NR > 1 && $1 - last > gap {gap = $1 - last} {last = $1} END {print NR, gap * 1000}' answers")
                .strip()
                .split(" ");
        String last = inFolder("tail -n 1 answers").strip();
        inFolder("touch over");
        return new Summary(
                sent(),
                Integer.parseInt(figures[0]),
                Duration.ofMillis((long) Double.parseDouble(figures[1])),
                last.substring(last.indexOf(' ') + 1));
    }

    private int sent() throws Exception {
        return Integer.parseInt(inFolder("cat sent").strip());
    }

    private boolean ended() throws Exception {
        return inFolder("ls").lines().anyMatch("ended"::equals);
    }

    private String inFolder(String command) throws Exception {
        return client.run("cd /dev/shm/traffic && " + command);
    }
}
