package io.serverherd.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with one file for each process we started, named by its pid, so that whoever comes after us, should we be killed, can end
 * what it left. A pid alone proves nothing (pids are used again): the start time and the command must match too.
 */
public final class ProcessLedger {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLedger.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Linux derives the start time from the boot time, which moves when the clock is set. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    private final Path folder;

    public ProcessLedger(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Notes a process until {@link #forget}; no note is left of one that is gone already. */
    public void note(ProcessHandle process) throws IOException {
        Optional<Instant> start = process.info().startInstant();
        Optional<String> command = process.info().command();
        if (start.isPresent() && command.isPresent()) {
            Files.writeString(noteOf(process.pid()), start.get() + "\n" + command.get() + "\n");
        }
    }

    public void forget(long pid) {
        try {
            Files.deleteIfExists(noteOf(pid));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", noteOf(pid))
                    .addKeyValue("error", e)
                    .log("note of an ended process stays; the next start removes it");
        }
    }

    /**
     * Ends the processes noted by a predecessor: SIGTERM, and SIGKILL after 2 seconds.
     *
     * @return the pids that were ended
     */
    public List<Long> endLeftovers() throws IOException {
        List<ProcessHandle> leftovers = new ArrayList<>();
        List<Path> notes;
        try (Stream<Path> files = Files.list(folder)) {
            notes = files.toList();
        }
        for (Path note : notes) {
            process(note).ifPresent(leftovers::add);
        }
        leftovers.forEach(ProcessHandle::destroy);
        leftovers.forEach(ProcessLedger::awaitEnd);
        for (Path note : notes) {
            Files.deleteIfExists(note);
        }
        return leftovers.stream().map(ProcessHandle::pid).toList();
    }

    private static Optional<ProcessHandle> process(Path note) {
        try {
            List<String> lines = Files.readAllLines(note);
            long pid = Long.parseLong(note.getFileName().toString());
            Instant start = Instant.parse(lines.get(0));
            String command = lines.get(1);
            return ProcessHandle.of(pid).filter(found -> isSame(found, start, command));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
            // Cut off by a crash while it was written, or not ours: nothing that could be ended safely.
            LOG.atWarn().addKeyValue("file", note).log("unreadable note of a process, ignored");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSame(ProcessHandle found, Instant start, String command) {
        boolean sameStart = found.info()
                .startInstant()
                .map(it -> Duration.between(it, start).abs().compareTo(CLOCK_STEP) <= 0)
                .orElse(false);
        return sameStart && found.info().command().map(command::equals).orElse(false);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for the end of pid " + process.pid(), e.getCause());
        }
    }

    private Path noteOf(long pid) {
        return folder.resolve(Long.toString(pid));
    }
}
