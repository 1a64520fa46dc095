package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.local.api.PodRuntime;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the API server may ask about the pods that run here. Written by the pods' workers, read by any thread. */
public final class RunningPods implements PodRuntime {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Path logsFolder;

    public RunningPods(Path logsFolder) {
        this.logsFolder = logsFolder;
    }

    private record Entry(String uid, Optional<String> ip, Path logs) {}

    /** Known from now on: its logs can be read. A newer pod of that name takes the place of an older one. */
    void add(Pod pod) {
        entries.put(key(pod), new Entry(uid(pod), Optional.empty(), logsFolder(pod)));
    }

    void setAddress(Pod pod, Optional<String> ip) {
        entries.computeIfPresent(
                key(pod), (key, entry) -> entry.uid.equals(uid(pod)) ? new Entry(entry.uid, ip, entry.logs) : entry);
    }

    void remove(Pod pod) {
        entries.computeIfPresent(key(pod), (key, entry) -> entry.uid.equals(uid(pod)) ? null : entry);
    }

    /** Named as on a node: {@code <namespace>_<pod>_<uid>}. */
    Path logsFolder(Pod pod) {
        return logsFolder.resolve(
                pod.getMetadata().getNamespace() + "_" + pod.getMetadata().getName() + "_" + uid(pod));
    }

    Path logFile(Pod pod, String container, int restarts) {
        return logFile(logsFolder(pod), container, restarts);
    }

    private static Path logFile(Path podLogs, String container, int restarts) {
        return podLogs.resolve(container).resolve(restarts + ".log");
    }

    @Override
    public Optional<Path> log(String namespace, String pod, String container, boolean previous) {
        Entry entry = entries.get(key(namespace, pod));
        if (entry == null) {
            return Optional.empty();
        }
        int runs = 0;
        while (Files.exists(logFile(entry.logs, container, runs))) {
            runs++;
        }
        int wanted = previous ? runs - 2 : runs - 1;
        return wanted < 0 ? Optional.empty() : Optional.of(logFile(entry.logs, container, wanted));
    }

    @Override
    public Optional<InetSocketAddress> address(String namespace, String pod, int port) {
        return Optional.ofNullable(entries.get(key(namespace, pod)))
                .flatMap(Entry::ip)
                .map(ip -> new InetSocketAddress(ip, port));
    }

    private static String key(Pod pod) {
        return key(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    }

    private static String key(String namespace, String pod) {
        return namespace + "/" + pod;
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }
}
