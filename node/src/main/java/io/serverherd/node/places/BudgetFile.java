package io.serverherd.node.places;

import io.serverherd.node.places.RequestBudget.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps over a restart how often Google was asked today, in a file of one line: {@code 2026-01-01 1234}. It is written once a
 * second where it has changed, so a process that is killed forgets a second's questions at most.
 */
public final class BudgetFile implements AutoCloseable {
    private static final Spent NOTHING = new Spent(LocalDate.EPOCH, 0);

    private final Logger log = LoggerFactory.getLogger(BudgetFile.class);
    private final Path file;
    private final ScheduledExecutorService thread;
    private RequestBudget budget;
    private Spent written = NOTHING;
    private boolean failing;

    /** @param folder made when there is something to write */
    public BudgetFile(Path folder) {
        this.file = folder.resolve("places-requests");
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "places-budget");
            created.setDaemon(true);
            return created;
        });
    }

    /** What was kept; nothing where there is no such file, or one that nobody of us has written. */
    public Spent read() {
        try {
            String[] words = Files.readString(file).strip().split(" ", 2);
            written = new Spent(LocalDate.parse(words[0]), Long.parseLong(words[1]));
        } catch (NoSuchFileException e) {
            // The first start in this folder.
            written = NOTHING;
        } catch (IOException | DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getClass().getSimpleName())
                    .log("places.budget-not-read");
        }
        return written;
    }

    public void keep(RequestBudget budget) {
        this.budget = budget;
        thread.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
    }

    private synchronized void write() {
        Spent now = budget.spent();
        if (now.equals(written)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, now.day() + " " + now.requests() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            written = now;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                log.atWarn()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", e.getMessage())
                        .log("places.budget-not-kept");
            }
            failing = true;
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (budget != null) {
            write();
        }
    }
}
