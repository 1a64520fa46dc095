package io.serverherd.local.kubelet.volume;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a pod's volumes as folders of this machine: ConfigMaps, Secrets, projections of both, emptyDirs, and claims, whose folders outlive
 * the pod. Called again, it refreshes what changed in the API.
 */
public final class PodVolumes {

    private final Sources sources;
    private final Path podsFolder;
    private final Path claimsFolder;
    private final Clock clock;

    public PodVolumes(Sources sources, Path podsFolder, Path claimsFolder, Clock clock) {
        this.sources = sources;
        this.podsFolder = podsFolder;
        this.claimsFolder = claimsFolder;
        this.clock = clock;
    }

    /** Where the contents of volumes come from: the API, as it is now. */
    public interface Sources {
        Optional<ConfigMap> configMap(String namespace, String name);

        Optional<Secret> secret(String namespace, String name);

        /**
         * @return the UID of the claim
         * @throws MountException when there is none, or it can't be bound
         */
        String bindClaim(String namespace, String name) throws MountException;
    }

    /**
     * Makes or refreshes all volumes of a pod.
     *
     * @return the folder of each volume, by the volume's name
     * @throws MountException when one cannot be made; those before it are there
     */
    public Map<String, Path> mount(Pod pod) throws MountException {
        Map<String, Path> folders = new LinkedHashMap<>();
        for (Volume volume : pod.getSpec().getVolumes()) {
            try {
                folders.put(volume.getName(), mount(pod, volume));
            } catch (MountException | IOException e) {
                throw new MountException(
                        "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume.getName(), e.getMessage()),
                        e);
            }
        }
        return folders;
    }

    private Path mount(Pod pod, Volume volume) throws MountException, IOException {
        String namespace = pod.getMetadata().getNamespace();
        Path folder = folderOf(pod).resolve("volumes").resolve(volume.getName());
        if (volume.getConfigMap() != null) {
            write(folder, files(namespace, volume.getConfigMap()));
        } else if (volume.getSecret() != null) {
            write(folder, files(namespace, volume.getSecret()));
        } else if (volume.getProjected() != null) {
            write(folder, files(namespace, volume.getProjected()));
        } else if (volume.getEmptyDir() != null) {
            Files.createDirectories(folder);
        } else if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            String uid = sources.bindClaim(namespace, claim);
            // A claim that is deleted and made again is an empty one.
            return Files.createDirectories(claimsFolder.resolve(namespace).resolve(claim + "-" + uid));
        } else {
            throw new MountException("a pod run as processes can have configMap, secret, projected, emptyDir and"
                    + " persistentVolumeClaim volumes, not this kind");
        }
        return folder;
    }

    private SortedMap<String, VolumeFile> files(String namespace, ConfigMapVolumeSource source) throws MountException {
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        Optional<ConfigMap> map = sources.configMap(namespace, source.getName());
        if (map.isEmpty() && !optional) {
            throw new MountException("configmap \"%s\" not found".formatted(source.getName()));
        }
        return map.isEmpty()
                ? new TreeMap<>()
                : VolumeFiles.of(map.get(), source.getItems(), source.getDefaultMode(), optional);
    }

    private SortedMap<String, VolumeFile> files(String namespace, SecretVolumeSource source) throws MountException {
        boolean optional = Boolean.TRUE.equals(source.getOptional());
        Optional<Secret> secret = sources.secret(namespace, source.getSecretName());
        if (secret.isEmpty() && !optional) {
            throw new MountException("secret \"%s\" not found".formatted(source.getSecretName()));
        }
        return secret.isEmpty()
                ? new TreeMap<>()
                : VolumeFiles.of(secret.get(), source.getItems(), source.getDefaultMode(), optional);
    }

    /** Of a path in several sources the last one's file is there. */
    private SortedMap<String, VolumeFile> files(String namespace, ProjectedVolumeSource volume) throws MountException {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        for (VolumeProjection source : volume.getSources()) {
            if (source.getConfigMap() != null) {
                files.putAll(files(
                        namespace,
                        new ConfigMapVolumeSourceBuilder()
                                .withName(source.getConfigMap().getName())
                                .withItems(source.getConfigMap().getItems())
                                .withOptional(source.getConfigMap().getOptional())
                                .withDefaultMode(volume.getDefaultMode())
                                .build()));
            } else if (source.getSecret() != null) {
                files.putAll(files(
                        namespace,
                        new SecretVolumeSourceBuilder()
                                .withSecretName(source.getSecret().getName())
                                .withItems(source.getSecret().getItems())
                                .withOptional(source.getSecret().getOptional())
                                .withDefaultMode(volume.getDefaultMode())
                                .build()));
            } else {
                throw new MountException("a pod run as processes can have configMap and secret sources in a projected"
                        + " volume, not this kind");
            }
        }
        return files;
    }

    private void write(Path folder, SortedMap<String, VolumeFile> files) throws IOException {
        new SwappedDirectory(folder, clock).write(files);
    }

    /** The pod's own folder: its volumes, and working and temporary folders of its containers. */
    public Path folderOf(Pod pod) {
        return podsFolder.resolve(pod.getMetadata().getUid());
    }

    /** Removes everything of the pod but its claims. */
    public void unmount(Pod pod) throws IOException {
        SwappedDirectory.deleteTree(folderOf(pod));
    }

    /** Links are removed, not followed; nothing happens when there is no such folder. */
    public static void deleteTree(Path root) throws IOException {
        SwappedDirectory.deleteTree(root);
    }
}
