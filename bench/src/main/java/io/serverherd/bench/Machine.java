package io.serverherd.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The machine that measures: figures mean little without it. */
final class Machine {
    private Machine() {}

    /** @param java runs the nodes */
    static String describe(Path java) throws IOException {
        return "%d processors%s, %s%s"
                .formatted(Runtime.getRuntime().availableProcessors(), jdk(java), LocalDate.now(), load());
    }

    /** What is written beside the program, as in every JDK; nothing where it isn't. */
    private static String jdk(Path java) throws IOException {
        Path release = java.toRealPath().resolveSibling("../release").normalize();
        if (!Files.exists(release)) {
            return "";
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> ", JDK " + line.replaceAll("[^0-9.]", ""))
                .findFirst()
                .orElse("");
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? ", load before " + Files.readString(file).split(" ")[0] : "";
    }
}
