package io.serverherd.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.serverherd.local.process.ProcessSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container's spec → the process that stands for it. There are no namespaces of mounts and network, so they are
 * emulated in what the process is told: a value that is a path in a volume becomes the path on this machine, and the
 * value {@code 0.0.0.0} becomes the pod's address.
 */
record ContainerTranslation(PodAddresses addresses, Map<String, Path> volumes, Path hostsFile, Path temporaryFolder) {

    private static final String ANY_ADDRESS = "0.0.0.0";

    /** @param environment as the container's spec says, before translation */
    ProcessSpec translate(
            Container container,
            List<String> entrypoint,
            Map<String, String> environment,
            String hostname,
            String path) {
        Map<String, String> translated = new LinkedHashMap<>();
        translated.put("PATH", path);
        translated.put("HOSTNAME", hostname);
        translated.put("TMPDIR", temporaryFolder.toString());
        environment.forEach((name, value) -> translated.put(name, localised(value, container)));
        return new ProcessSpec(command(container, entrypoint, environment), translated, workingDirectory(container));
    }

    /** The container's command replaces the image's, its arguments follow either. */
    private List<String> command(Container container, List<String> entrypoint, Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        if (container.getCommand().isEmpty()) {
            entrypoint.forEach(word -> words.add(word.replace(Images.HOSTS_FILE, hostsFile.toString())
                    .replace(Images.TEMPORARY_FOLDER, temporaryFolder.toString())));
        }
        for (List<String> part : List.of(container.getCommand(), container.getArgs())) {
            part.forEach(word -> words.add(localised(References.expand(word, environment), container)));
        }
        return words;
    }

    private Path workingDirectory(Container container) {
        return Optional.ofNullable(container.getWorkingDir())
                .flatMap(directory -> inVolume(directory, container))
                .orElse(temporaryFolder);
    }

    private String localised(String value, Container container) {
        if (value.equals(ANY_ADDRESS)) {
            return addresses.podIP();
        }
        return inVolume(value, container).map(Path::toString).orElse(value);
    }

    /** The longest mount path wins, as the innermost mount does. */
    private Optional<Path> inVolume(String value, Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> volumes.containsKey(mount.getName()))
                .filter(mount -> isBelow(value, mountPath(mount)))
                .max(Comparator.comparingInt(mount -> mountPath(mount).length()))
                .map(mount -> folder(mount).resolve(relative(value, mountPath(mount))));
    }

    private Path folder(VolumeMount mount) {
        Path volume = volumes.get(mount.getName());
        return mount.getSubPath() == null ? volume : volume.resolve(mount.getSubPath());
    }

    private static boolean isBelow(String value, String mountPath) {
        return value.equals(mountPath) || value.startsWith(mountPath + "/");
    }

    private static String relative(String value, String mountPath) {
        return value.equals(mountPath) ? "" : value.substring(mountPath.length() + 1);
    }

    private static String mountPath(VolumeMount mount) {
        String path = mount.getMountPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
