package io.serverherd.local.kubelet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in for a registry: which command an image runs. A key is an image with its tag, or a repository, which
 * stands for all its tags; the first is looked up first.
 */
public final class Images {

    /** In an entry point: the pod's hosts file, for {@code -Djdk.net.hosts.file}. */
    public static final String HOSTS_FILE = "{hosts-file}";

    /** In an entry point: a folder for temporary files, which goes with the pod. */
    public static final String TEMPORARY_FOLDER = "{tmp}";

    private static final Images NONE = new Images(Map.of());

    private final Map<String, List<String>> entrypoints;

    private Images(Map<String, List<String>> entrypoints) {
        this.entrypoints = Map.copyOf(entrypoints);
    }

    /** No image can be had. */
    public static Images none() {
        return NONE;
    }

    /** These, and an image whose containers bring a command of their own or run {@code entrypoint}. */
    public Images with(String image, List<String> entrypoint) {
        Map<String, List<String>> more = new LinkedHashMap<>(entrypoints);
        more.put(image, List.copyOf(entrypoint));
        return new Images(more);
    }

    /** These, and an image that runs {@code java -jar jar} on the JDK of this process, quick to start and small. */
    public Images withJar(String image, Path jar) {
        return withJar(image, jar, List.of());
    }

    /** @param options more for the JVM */
    public Images withJar(String image, Path jar, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                // On a laptop five servers start at once: the second compiler and parallel GC threads only compete.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xshare:auto",
                // It would be a file outside the pod's folder.
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + TEMPORARY_FOLDER,
                "-Djdk.net.hosts.file=" + HOSTS_FILE));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return with(image, command);
    }

    /** @return empty when the image cannot be had */
    Optional<List<String>> entrypoint(String image) {
        return Optional.ofNullable(entrypoints.getOrDefault(image, entrypoints.get(repository(image))));
    }

    /** The image without its tag and digest; a colon before a slash is a registry's port. */
    private static String repository(String image) {
        String name = image.split("@", 2)[0];
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }
}
