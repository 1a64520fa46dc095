package io.serverherd.local.kubelet.names;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a hosts file true. It is replaced by a rename, so a reader never sees half of it. */
public final class HostsPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostsPublisher.class);
    private static final int OUTSIDE_NAMES_SECONDS = 30;

    private final Path file;
    private final Supplier<Collection<Pod>> pods;
    private final Supplier<Collection<Service>> services;
    private final OutsideNames outside;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "hosts-file");
        created.setDaemon(true);
        return created;
    });
    private String written = "";

    public HostsPublisher(
            Path file,
            Supplier<Collection<Pod>> pods,
            Supplier<Collection<Service>> services,
            List<String> outsideNames) {
        this.file = file;
        this.pods = pods;
        this.services = services;
        this.outside = new OutsideNames(outsideNames);
    }

    public void start() {
        changed();
        if (!outside.isEmpty()) {
            thread.scheduleWithFixedDelay(
                    () -> {
                        outside.resolve();
                        write();
                    },
                    0,
                    OUTSIDE_NAMES_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    /** A pod or a service is another now. Any number of calls before the file is written cost one write. */
    public void changed() {
        if (due.compareAndSet(false, true)) {
            thread.execute(() -> {
                due.set(false);
                write();
            });
        }
    }

    private void write() {
        String text = HostsFile.of(pods.get(), services.get(), outside.addresses());
        if (text.equals(written)) {
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text;
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e)
                    .log("hosts file not written: pods do not see each other's new addresses");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
