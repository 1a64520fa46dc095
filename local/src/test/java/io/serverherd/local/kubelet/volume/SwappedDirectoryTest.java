package io.serverherd.local.kubelet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwappedDirectoryTest {

    @TempDir
    Path folder;

    private SwappedDirectory directory;

    @BeforeEach
    void make() {
        directory = new SwappedDirectory(folder.resolve("volume"), Clock.systemUTC());
    }

    @Test
    void filesAreLinksThroughTheDataLink() throws IOException {
        directory.write(files("a", "1", "sub/b", "2"));

        Path volume = folder.resolve("volume");
        assertThat(names(volume))
                .satisfiesExactly(
                        name -> assertThat(name).matches("\\.\\.\\d{4}(_\\d\\d){5}\\.\\d+"),
                        name -> assertThat(name).isEqualTo("..data"),
                        name -> assertThat(name).isEqualTo("a"),
                        name -> assertThat(name).isEqualTo("sub"));
        assertThat(Files.readSymbolicLink(volume.resolve("a"))).isEqualTo(Path.of("..data/a"));
        assertThat(Files.readSymbolicLink(volume.resolve("..data")).getNameCount())
                .isEqualTo(1);
        assertThat(volume.resolve("a")).hasContent("1");
        assertThat(volume.resolve("sub/b")).hasContent("2");
    }

    @Test
    void aChangeMovesTheDataLinkAndLeavesNoOldDirectory() throws IOException {
        directory.write(files("a", "1", "gone", "x"));
        Path volume = folder.resolve("volume");
        Path before = Files.readSymbolicLink(volume.resolve("..data"));
        Object linkBefore = Files.readAttributes(volume.resolve("a"), "*", LinkOption.NOFOLLOW_LINKS)
                .get("fileKey");

        boolean changed = directory.write(files("a", "2", "new", "y"));

        assertThat(changed).isTrue();
        assertThat(Files.readSymbolicLink(volume.resolve("..data"))).isNotEqualTo(before);
        assertThat(volume.resolve("a")).hasContent("2");
        assertThat(volume.resolve("new")).hasContent("y");
        assertThat(names(volume)).hasSize(4).doesNotContain("gone", before.toString());
        // The visible link itself is never touched: who watches the file sees nothing.
        assertThat(Files.readAttributes(volume.resolve("a"), "*", LinkOption.NOFOLLOW_LINKS)
                        .get("fileKey"))
                .isEqualTo(linkBefore);
    }

    @Test
    void equalContentTouchesNothing() throws IOException {
        directory.write(files("a", "1"));
        Path before = Files.readSymbolicLink(folder.resolve("volume/..data"));

        boolean changed = directory.write(files("a", "1"));

        assertThat(changed).isFalse();
        assertThat(Files.readSymbolicLink(folder.resolve("volume/..data"))).isEqualTo(before);
    }

    @Test
    void theModeOfAFileIsSet() throws IOException {
        SortedMap<String, VolumeFile> files = new TreeMap<>();
        files.put("key", new VolumeFile("k".getBytes(StandardCharsets.UTF_8), 0400));

        directory.write(files);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("volume/key"))))
                .isEqualTo("r--------");
        assertThat(directory.write(files)).isFalse();
    }

    @Test
    void anEmptyVolumeHasItsDataLinkToo() throws IOException {
        directory.write(new TreeMap<>());
        directory.write(files("a", "1"));

        assertThat(folder.resolve("volume/a")).hasContent("1");

        directory.write(new TreeMap<>());

        assertThat(names(folder.resolve("volume"))).hasSize(2).contains("..data");
    }

    private static SortedMap<String, VolumeFile> files(String... pathsAndTexts) {
        Map<String, VolumeFile> files = new TreeMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], new VolumeFile(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8), 0644));
        }
        return new TreeMap<>(files);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
