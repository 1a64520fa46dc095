package io.serverherd.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The machine that measures: figures mean little without it. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException {
        return "%d processors, %s%s".formatted(Runtime.getRuntime().availableProcessors(), LocalDate.now(), load());
    }

    private static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file) ? ", load before " + Files.readString(file).split(" ")[0] : "";
    }
}
