package io.serverherd.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Time of processors, in seconds.
 *
 * @param ofServer the candidate's processes
 * @param ofOurs   this process and all that it has started, candidates at rest included
 * @param ofAll    everything on the machine; 0 where nobody tells
 */
record Effort(double ofServer, double ofOurs, double ofAll) {
    private static final Path ALL = Path.of("/proc/stat");
    /** The kernel's unit for programs to see. */
    private static final double TICKS = 100;

    static Effort of(Candidate server) throws IOException {
        double ofServer =
                server.processes().stream().mapToDouble(Effort::seconds).sum();
        ProcessHandle own = ProcessHandle.current();
        double ofOurs = Stream.concat(Stream.of(own), own.descendants())
                .mapToDouble(Effort::seconds)
                .sum();
        return new Effort(ofServer, ofOurs, all());
    }

    Effort since(Effort before) {
        return new Effort(ofServer - before.ofServer, ofOurs - before.ofOurs, ofAll - before.ofAll);
    }

    /** What was used in so many seconds by neither the server nor this process, of what one processor has. */
    double ofOthers(double seconds) {
        return Math.max(0, ofAll - ofOurs) / seconds;
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    /** The first line: user, nice, system, idle, waiting for disks, interrupts, soft ones, taken by other machines. */
    private static double all() throws IOException {
        if (!Files.exists(ALL)) {
            return 0;
        }
        String[] fields = Files.readAllLines(ALL).get(0).split(" +");
        return List.of(1, 2, 3, 6, 7, 8).stream()
                        .mapToLong(field -> Long.parseLong(fields[field]))
                        .sum()
                / TICKS;
    }
}
