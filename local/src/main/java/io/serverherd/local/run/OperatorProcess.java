package io.serverherd.local.run;

import io.serverherd.local.process.LoggedProcess;
import io.serverherd.local.process.ProcessLedger;
import io.serverherd.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Keeps the operator running: when it ends it is started again, after 1 second at first and up to 30. */
final class OperatorProcess implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofSeconds(60);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(4);

    private final ProcessSpec spec;
    private final Path log;
    private final ProcessLedger ledger;
    private final Consumer<String> tell;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "operator");
        created.setDaemon(true);
        return created;
    });

    private volatile boolean closing;
    private volatile LoggedProcess process;
    /** Confined to the thread. */
    private Duration wait = FIRST_WAIT;

    private OperatorProcess(ProcessSpec spec, Path log, ProcessLedger ledger, Consumer<String> tell) {
        this.spec = spec;
        this.log = log;
        this.ledger = ledger;
        this.tell = tell;
    }

    /**
     * @param tell hears of every unexpected end
     * @throws IOException when it cannot be started at all
     */
    static OperatorProcess start(ProcessSpec spec, Path log, ProcessLedger ledger, Consumer<String> tell)
            throws IOException {
        OperatorProcess operator = new OperatorProcess(spec, log, ledger, tell);
        operator.run();
        return operator;
    }

    private void run() throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        LoggedProcess started = LoggedProcess.start(spec, log, ledger);
        process = started;
        started.exit().thenAccept(exitCode -> thread.execute(() -> ended(started, exitCode)));
        if (closing) {
            started.terminate();
        }
    }

    private void ended(LoggedProcess ended, int exitCode) {
        if (closing) {
            return;
        }
        if (Duration.between(ended.startedAt(), Instant.now()).compareTo(STABLE) >= 0) {
            wait = FIRST_WAIT;
        }
        tell.accept("the operator ended with exit code %d and starts again in %d s; its last words are in %s.1 then"
                .formatted(exitCode, wait.toSeconds(), log));
        thread.schedule(this::again, wait.toMillis(), TimeUnit.MILLISECONDS);
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }

    private void again() {
        try {
            run();
        } catch (IOException e) {
            tell.accept("the operator cannot be started (%s); tried again in %d s"
                    .formatted(e.getMessage(), wait.toSeconds()));
            thread.schedule(this::again, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, and does not wait. */
    void terminate() {
        closing = true;
        process.terminate();
    }

    @Override
    public void close() {
        terminate();
        thread.shutdown();
        try {
            process.exit().get(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.kill();
            process.exit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.kill();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process's end never fails", e);
        }
    }
}
