package io.serverherd.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What to measure, told by system properties {@code bench.…}. Paths are as seen from the project's folder.
 *
 * @param only     names of measurements; empty: the usual ones
 * @param rounds   how often each candidate is measured in each shape
 * @param window   how long each time
 * @param warmUp   how long each candidate is loaded before
 * @param stall    how long a neighbour does not read
 * @param patience how long an attack goes on at most until the node puts an end to it
 * @param java     runs the nodes and the benchmarks of single operations
 * @param before   the jar of another node to compare with, its libraries beside it
 * @param variants {@code NAME=value} each: the node once more, with this in its environment; {@code SERVER} in the value
 *                 stands for the server's name
 * @param results  folder for the tables and for what the servers print
 * @param plot     gets the picture
 */
record Settings(
        List<String> only,
        int rounds,
        Duration window,
        Duration warmUp,
        Duration stall,
        Duration patience,
        Path java,
        Optional<Path> before,
        List<String> variants,
        Path results,
        Optional<Path> plot) {

    static final String OPERATIONS = "operations";
    static final String LOAD = "load";
    static final String HERD = "herd";
    static final String TLS = "tls";
    static final String ATTACKS = "attacks";
    /** All but those that are only made when they are asked for. */
    private static final List<String> USUAL = List.of(OPERATIONS, LOAD, HERD);

    private static final List<String> ALL = List.of(OPERATIONS, LOAD, HERD, TLS, ATTACKS);

    static final Path NODE = Path.of("node/target/herd-node.jar");
    static final Path OPTIONS = Path.of("images/node.options");

    static Settings read() {
        String ownJava = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Settings(
                words("bench.only"),
                Integer.getInteger("bench.rounds", 7),
                Duration.ofMillis(Integer.getInteger("bench.windowMillis", 2_000)),
                Duration.ofMillis(Integer.getInteger("bench.warmUpMillis", 6_000)),
                Duration.ofSeconds(Integer.getInteger("bench.stallSeconds", 10)),
                Duration.ofMillis(Integer.getInteger("bench.patienceMillis", 60_000)),
                Path.of(System.getProperty("bench.java", ownJava)),
                path("bench.before"),
                words("bench.variants"),
                Path.of(System.getProperty("bench.results", "target/bench")),
                path("bench.plot"));
    }

    /** What can't be used, a line each. */
    List<String> defects() {
        List<String> defects = new ArrayList<>();
        only.stream()
                .filter(name -> !ALL.contains(name))
                .forEach(name -> defects.add("ONLY has \"" + name + "\": must be some of " + String.join(" ", ALL)));
        before.filter(jar -> !Files.exists(jar))
                .ifPresent(jar -> defects.add("BEFORE is \"" + jar + "\": there is no such file"));
        variants.stream()
                .filter(variant -> !variant.contains("="))
                .forEach(variant -> defects.add("VARIANTS has \"" + variant + "\": must be NAME=value"));
        if (!Files.isExecutable(java)) {
            defects.add("IMAGE_JDK has no " + java);
        }
        if (rounds < 1) {
            defects.add("ROUNDS is " + rounds + ": must be 1 or more");
        }
        if (stall.compareTo(Duration.ofSeconds(1)) < 0) {
            defects.add("STALL_SECONDS is " + stall.toSeconds() + ": must be 1 or more");
        }
        return defects;
    }

    boolean wants(String measurement) {
        return (only.isEmpty() ? USUAL : only).contains(measurement);
    }

    private static Optional<Path> path(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }

    private static List<String> words(String property) {
        return Arrays.stream(System.getProperty(property, "").trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
