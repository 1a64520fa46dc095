package io.serverherd.local.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory whose files all change in one step, as a kubelet's atomic writer lays them out:
 *
 * <pre>
 *   herd.json  ->  ..data/herd.json
 *   ..data     ->  ..2026_01_31_12_04_07.1877743981       one rename puts another directory here
 *   ..2026_01_31_12_04_07.1877743981/herd.json
 * </pre>
 *
 * Whoever watches the directory sees {@code ..data} move; a watch on {@code herd.json} itself would see nothing.
 */
final class SwappedDirectory {

    private static final String DATA = "..data";
    private static final String NEXT_DATA = "..data_tmp";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("..uuuu_MM_dd_HH_mm_ss.").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final Clock clock;

    SwappedDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** @return whether anything changed; nothing on disk is touched otherwise */
    boolean write(SortedMap<String, VolumeFile> files) throws IOException {
        Files.createDirectories(directory);
        Path data = directory.resolve(DATA);
        Path old = Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
        if (old != null && read(old).equals(files)) {
            return false;
        }
        Path fresh = directory.resolve(
                STAMP.format(clock.instant()) + ThreadLocalRandom.current().nextInt(1_000_000_000, Integer.MAX_VALUE));
        Files.createDirectory(fresh);
        for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
            Path target = fresh.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue().content());
            Files.setPosixFilePermissions(target, permissions(file.getValue().mode()));
        }
        Path next = directory.resolve(NEXT_DATA);
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, fresh.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        link(files.keySet());
        if (old != null) {
            deleteTree(old);
        }
        return true;
    }

    /** The first part of each path gets a link; links of parts that are gone are removed. */
    private void link(Set<String> paths) throws IOException {
        Set<String> names =
                paths.stream().map(path -> path.split("/", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            Path link = directory.resolve(name);
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
        for (Path entry : entries(directory)) {
            String name = entry.getFileName().toString();
            if (!name.startsWith("..") && !names.contains(name)) {
                Files.delete(entry);
            }
        }
    }

    private static SortedMap<String, VolumeFile> read(Path directory) throws IOException {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = directory.relativize(file).toString();
                files.put(path, new VolumeFile(Files.readAllBytes(file), mode(Files.getPosixFilePermissions(file))));
            }
        }
        return files;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        String letters = "rwxrwxrwx";
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 9; bit++) {
            text.append((mode >> (8 - bit) & 1) == 1 ? letters.charAt(bit) : '-');
        }
        permissions.addAll(PosixFilePermissions.fromString(text.toString()));
        return permissions;
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        String text = PosixFilePermissions.toString(permissions);
        int mode = 0;
        for (int bit = 0; bit < 9; bit++) {
            mode = mode << 1 | (text.charAt(bit) == '-' ? 0 : 1);
        }
        return mode;
    }

    static void deleteTree(Path root) throws IOException {
        if (Files.isDirectory(root) && !Files.isSymbolicLink(root)) {
            for (Path entry : entries(root)) {
                deleteTree(entry);
            }
        }
        Files.deleteIfExists(root);
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> listed = Files.list(directory)) {
            listed.forEach(entries::add);
        }
        return entries;
    }
}
