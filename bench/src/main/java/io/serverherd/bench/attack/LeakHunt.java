package io.serverherd.bench.attack;

import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.NodeProgram;
import io.serverherd.bench.load.Processors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All attacks on a node whose Netty notes each buffer that is taken, and tells which ones nobody has given back. */
record LeakHunt(NodeProgram program, Processors processors, Path folder) {
    private static final String OPTION = "-Dio.netty.leakDetection.level=paranoid";
    private static final String LEAK = "LEAK";
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /**
     * How many leaks there were.
     *
     * @param window for each of the attacks
     */
    long leaks(Duration window, Duration patience, List<Attack> attacks) throws IOException {
        NodeProgram careful = program.with(program.name() + ", leak detection", "JAVA_TOOL_OPTIONS", OPTION);
        Path log;
        try (Besieged besieged = new Besieged(careful, processors, folder)) {
            log = besieged.node().log();
            besieged.warmUp(MOMENT);
            Siege siege = new Siege(besieged, new Comparison(1, window, MOMENT), patience);
            for (Attack attack : attacks) {
                siege.suffer(attack, window);
            }
            try (Stall stall = new Stall(besieged)) {
                stall.suffer(MOMENT);
            }
            besieged.collectGarbage();
            // Netty tells what was found when the next buffer is taken: clients that do not read make the node take
            // one.
            siege.suffer(new NeverReads(), MOMENT);
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(LEAK)).count();
        }
    }
}
