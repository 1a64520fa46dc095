package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.scenario.HostShell;
import io.serverherd.operator.scenario.OperatorDeployment;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operator's process in its pod, from outside: it has no tools in it. */
final class InstalledOperator {

    /** @param used and {@code committed} heap in bytes; what is used is partly garbage */
    record Heap(long used, long committed) {}

    /**
     * @param resident  memory in bytes, of which {@code own} is not mapped from files
     * @param cpu       used since its start
     */
    record Process(long resident, long own, int threads, Duration cpu) {}

    private static final Pattern GENERATION =
            Pattern.compile("(?:DefNew|Tenured|generation)\\s+total (\\d+)K, used (\\d+)K");
    private static final int TICKS_PER_SECOND = 100;

    private final KubernetesClient client;
    private final HostShell shell;

    InstalledOperator(KubernetesClient client, HostShell shell) {
        this.client = client;
        this.shell = shell;
    }

    Process process() throws Exception {
        String said =
                shell.forEachProcess(pod(), "cat $process/status; awk '{print \"Ticks: \" $14 + $15}' $process/stat");
        return new Process(
                number(said, "VmRSS") << 10,
                number(said, "RssAnon") << 10,
                (int) number(said, "Threads"),
                Duration.ofMillis(number(said, "Ticks") * 1000 / TICKS_PER_SECOND));
    }

    /** As the JVM tells it in its log when it gets the signal QUIT. */
    Heap heap() throws Exception {
        int told = log().size();
        shell.forEachProcess(pod(), "kill -QUIT $pid");
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            List<String> lines = log();
            Matcher generations =
                    GENERATION.matcher(String.join("\n", lines.subList(Math.min(told, lines.size()), lines.size())));
            long used = 0;
            long committed = 0;
            int found = 0;
            for (; generations.find(); found++) {
                committed += Long.parseLong(generations.group(1)) << 10;
                used += Long.parseLong(generations.group(2)) << 10;
            }
            if (found >= 2) {
                return new Heap(used, committed);
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the operator's log tells nothing of its heap");
    }

    /** The sum of a metric over its labels. */
    double metric(String name) {
        String metrics = client.raw("/api/v1/namespaces/" + OperatorDeployment.NAMESPACE + "/services/"
                + OperatorDeployment.NAME + ":http/proxy/metrics");
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Pod pod() {
        return client
                .pods()
                .inNamespace(OperatorDeployment.NAMESPACE)
                .withLabel("app.kubernetes.io/name", OperatorDeployment.NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .findFirst()
                .orElseThrow();
    }

    private List<String> log() {
        return client.pods().resource(pod()).getLog().lines().toList();
    }

    private static long number(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
