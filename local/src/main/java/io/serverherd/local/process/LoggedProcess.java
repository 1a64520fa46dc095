package io.serverherd.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running process whose output goes to a log file, and whose pid stands in the ledger while it lives. */
public final class LoggedProcess {

    /** As a kubelet's default for one log file. */
    private static final long LOG_LIMIT_BYTES = 10L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LoggedProcess.class);

    private final Process process;
    private final Instant startedAt;
    private final CompletableFuture<Integer> exit;
    private volatile List<ProcessHandle> descendants = List.of();

    private LoggedProcess(Process process, CompletableFuture<Void> output, ProcessLedger ledger) {
        this.process = process;
        this.startedAt = Instant.now();
        this.exit = process.onExit()
                .thenCompose(ended -> {
                    // A container takes all its processes with it.
                    descendants.forEach(ProcessHandle::destroyForcibly);
                    ledger.forget(ended.pid());
                    // The last lines should be in the file before anyone is told, but a stray child may hold the pipe.
                    return output.completeOnTimeout(null, 1, TimeUnit.SECONDS);
                })
                .thenApply(nothing -> process.exitValue());
    }

    /** @throws IOException when the program does not exist or cannot be started; the message names it */
    public static LoggedProcess start(ProcessSpec spec, Path logFile, ProcessLedger ledger) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.command())
                .directory(spec.workingDirectory().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        BoundedLog log = new BoundedLog(logFile, LOG_LIMIT_BYTES);
        Process process = builder.start();
        ledger.note(process.toHandle());
        process.getOutputStream().close();
        CompletableFuture<Void> output = new CompletableFuture<>();
        Thread pump = new Thread(
                () -> {
                    try {
                        log.copy(process.getInputStream());
                    } catch (IOException e) {
                        LOG.atWarn()
                                .addKeyValue("file", logFile)
                                .addKeyValue("pid", process.pid())
                                .addKeyValue("error", e)
                                .log("rest of a process's output is lost");
                    } finally {
                        output.complete(null);
                    }
                },
                "log-" + process.pid());
        pump.setDaemon(true);
        pump.start();
        return new LoggedProcess(process, output, ledger);
    }

    public long pid() {
        return process.pid();
    }

    /** Whole seconds, as the API tells times. */
    public Instant startedAt() {
        return startedAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Completes with the exit code when the process has ended and its output is in the log; 128 + n for signal n. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** SIGTERM to the process, as the first of a container. */
    public void terminate() {
        descendants = process.descendants().toList();
        // Process.destroy would close the pipe of the last output too; the handle only signals.
        process.toHandle().destroy();
    }

    /** SIGKILL to the process and all below it. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }
}
