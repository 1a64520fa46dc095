package io.serverherd.bench.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Threads of attackers. They share a processor with honest clients, whose latencies are measured: so they run when these
 * wait, and any reply to these interrupts them. Else the kernel would have honest clients wait for milliseconds.
 */
final class Background {
    private static final Path OWN = Path.of("/proc/thread-self");

    private Background() {}

    /** A thread that steps back before it works; threads that it makes do so too. */
    static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    stepBack();
                    work.run();
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    /** Where there is no {@code chrt}, or another kernel, it can't. */
    private static void stepBack() {
        try {
            String own = Files.readSymbolicLink(OWN).getFileName().toString();
            new ProcessBuilder("chrt", "--idle", "--pid", "0", own)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // Then the figures are worse than the node is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
