package io.serverherd.bench.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes.
 *
 * @param files open file descriptors
 * @param rss   memory that it has in fact, in KiB
 */
record Footprint(long files, long rss) {
    private static final String RSS = "VmRSS:";
    private static final double MEBI = 1_024;

    static Footprint of(ProcessHandle process) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try (Stream<Path> files = Files.list(folder.resolve("fd"));
                Stream<String> lines = Files.lines(folder.resolve("status"))) {
            return new Footprint(
                    files.count(),
                    lines.filter(line -> line.startsWith(RSS))
                            .mapToLong(Footprint::number)
                            .sum());
        }
    }

    /** MiB of KiB. */
    static double mebi(long kibi) {
        return kibi / MEBI;
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
