package io.serverherd.operator.bench;

import io.serverherd.operator.scenario.OperatorDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The start of the operator, until it looks after herds. */
final class OperatorStarts {

    /** Of the image, whose classes lie ready. */
    private static final Duration GOAL = Duration.ofMillis(1500);
    /** What the JVM prints when it has just begun; the option itself is its default. */
    private static final String FIRST_LINE = "Picked up _JAVA_OPTIONS";

    private static final String READY_LINE = "operator.started";

    private final Bench bench;
    private final Times starts = new Times();

    OperatorStarts(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        if (bench.settings().real()) {
            inPods();
            bench.report().times("operator: start of the process → ready", starts, GOAL);
        } else {
            asProcesses();
            bench.report().times("operator, from its jar on this JDK: start of the process → ready", starts);
        }
    }

    private void asProcesses() throws Exception {
        for (int round = 0; round < bench.settings().rounds(); round++) {
            bench.cluster().operator().stop();
            long start = System.nanoTime();
            bench.cluster().startOperator(Map.of()).awaitReady();
            starts.add(start, System.nanoTime());
        }
    }

    /** By the times of the log's lines, which the container runtime notes to the nanosecond; probes look once a second. */
    private void inPods() throws Exception {
        bench.cluster().operator().stop();
        bench.cluster().startOperator(Map.of("_JAVA_OPTIONS", "-Xshare:auto")).awaitReady();
        for (int round = 0; round < bench.settings().rounds(); round++) {
            bench.cluster().operator().stop();
            bench.cluster()
                    .startOperator(Map.of("_JAVA_OPTIONS", "-Xshare:auto"))
                    .awaitReady();
            List<String> log = bench.client()
                    .apps()
                    .deployments()
                    .inNamespace(OperatorDeployment.NAMESPACE)
                    .withName(OperatorDeployment.NAME)
                    .usingTimestamps()
                    .getLog()
                    .lines()
                    .toList();
            starts.add(Duration.between(time(log, FIRST_LINE), time(log, READY_LINE)));
        }
        bench.cluster().startOperator(Map.of()).awaitReady();
    }

    private static Instant time(List<String> log, String what) {
        return log.stream()
                .filter(line -> line.contains(what))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no line with " + what + " in the operator's log: " + log));
    }
}
