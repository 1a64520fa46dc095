package io.serverherd.operator.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What to measure, told by system properties {@code bench.…}.
 *
 * @param real      on the cluster that KUBECONFIG names, not on the local API
 * @param only      names of measurements; empty: all that fit
 * @param edits     of edges
 * @param rounds    of what is done a few times
 * @param idle      how long the operator is watched at rest
 * @param fakeNodes label of nodes that only pretend to run pods, such as {@code type=kwok}; empty: there are none
 * @param fleet     how many herds of five those run
 */
record Settings(boolean real, List<String> only, int edits, int rounds, Duration idle, String fakeNodes, int fleet) {

    static Settings read() {
        return new Settings(
                System.getProperty("scenario.cluster", "local").equals("kubeconfig"),
                words(System.getProperty("bench.only", "")),
                Integer.getInteger("bench.edits", 200),
                Integer.getInteger("bench.rounds", 7),
                Duration.ofSeconds(Integer.getInteger("bench.idleSeconds", 60)),
                System.getProperty("bench.fakeNodes", ""),
                Integer.getInteger("bench.fleet", 100));
    }

    boolean wants(String measurement) {
        return only.isEmpty() || only.contains(measurement);
    }

    Map<String, String> fakeNodeSelector() {
        String[] label = fakeNodes.split("=", 2);
        return Map.of(label[0], label.length == 2 ? label[1] : "");
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
