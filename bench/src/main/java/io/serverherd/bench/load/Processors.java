package io.serverherd.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who runs where: servers on the last processor, what loads them on the first, so that neither takes from the other. All
 * run anywhere where there is but one processor, or no {@code taskset}.
 */
public final class Processors {
    private final Optional<String> first;
    private final Optional<String> last;

    private Processors(Optional<String> first, Optional<String> last) {
        this.first = first;
        this.last = last;
    }

    /** Those that this process may use. */
    public static Processors ofThisMachine() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status) || !isThere("taskset")) {
            return new Processors(Optional.empty(), Optional.empty());
        }
        try (Stream<String> lines = Files.lines(status)) {
            String list = lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElse(":");
            String[] numbers = list.substring(list.indexOf(':') + 1).trim().split("[,-]");
            boolean several = numbers.length > 1;
            return new Processors(
                    Optional.of(numbers[0]).filter(any -> several),
                    Optional.of(numbers[numbers.length - 1]).filter(any -> several));
        }
    }

    /** Whether a program is on the PATH. */
    public static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What a server's command begins with. */
    List<String> ofServers() {
        return last.map(processor -> List.of("taskset", "-c", processor)).orElse(List.of());
    }

    /** Puts this process, with all its threads, where it is in no server's way. */
    public void settle() throws IOException, InterruptedException {
        if (first.isPresent()) {
            String own = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("taskset", "-a", "-c", "-p", first.get(), own)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /** For the report. */
    public String describe() {
        return first.isPresent()
                ? "servers on processor " + last.get() + ", load from processor " + first.get()
                : "servers and load share the processors";
    }
}
