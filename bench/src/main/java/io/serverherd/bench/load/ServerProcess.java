package io.serverherd.bench.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which ends with this one at the latest. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Whether a server is ready; while it isn't, it may refuse to answer. */
    @FunctionalInterface
    public interface Readiness {
        boolean reached() throws IOException, InterruptedException;
    }

    private final Process process;
    private final Path log;
    private final Thread ending;

    /** @param log gets all that it prints */
    ServerProcess(List<String> command, Map<String, String> environment, Path log) throws IOException {
        this.log = log;
        Files.createDirectories(log.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // What the one who measures has set for a node of their own.
        builder.environment().keySet().removeIf(name -> name.startsWith("HERD_"));
        builder.environment().putAll(environment);
        process = builder.start();
        ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void await(String what, Readiness readiness) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        IOException last = null;
        try {
            while (System.nanoTime() < end && process.isAlive()) {
                try {
                    if (readiness.reached()) {
                        return;
                    }
                } catch (IOException e) {
                    last = e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        String why = process.isAlive() ? "after 60 s" : "it has ended with code " + process.exitValue();
        throw new IOException(what + ": not reached, " + why + "; " + log + " has what it printed", last);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        Runtime.getRuntime().removeShutdownHook(ending);
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        IOException interrupted = new InterruptedIOException();
        interrupted.initCause(e);
        return interrupted;
    }
}
