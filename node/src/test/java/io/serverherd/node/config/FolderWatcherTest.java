package io.serverherd.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {
    /** So long that only events can explain what a test sees. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    Path temp;

    private final List<FileContent> seen = new CopyOnWriteArrayList<>();
    private FolderWatcher<FileContent> watcher;

    @AfterEach
    void close() {
        if (watcher != null) {
            watcher.close();
        }
    }

    private void watch(Path folder, Duration poll) {
        watcher = FolderWatcher.ofFile(folder, "herd.json", 1000, poll);
        watcher.start(seen::add);
    }

    private static FileContent present(String text) {
        return new FileContent.Present(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As kubelet's AtomicWriter does it: a dated folder, a new link beside the old one, a rename over it. */
    private static void publish(Path mount, String version, String content) throws IOException {
        Path dated = Files.createDirectory(mount.resolve("..2026_01_01_00_00_" + version));
        Files.writeString(dated.resolve("herd.json"), content);
        Path old =
                Files.exists(mount.resolve("..data")) ? mount.resolve("..data").toRealPath() : null;
        Files.createSymbolicLink(mount.resolve("..data_tmp"), dated.getFileName());
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (old == null) {
            Files.createSymbolicLink(mount.resolve("herd.json"), Path.of("..data", "herd.json"));
        } else {
            Files.delete(old.resolve("herd.json"));
            Files.delete(old);
        }
    }

    @Test
    void theFirstLookIsDoneAtConstruction() throws Exception {
        publish(temp, "1", "one");

        watcher = FolderWatcher.ofFile(temp, "herd.json", 1000, NEVER);

        assertThat(watcher.current()).isEqualTo(present("one"));
    }

    @Test
    void aSwapOfTheDataLinkIsSeenByItsEvent() throws Exception {
        publish(temp, "1", "one");
        watch(temp, NEVER);

        publish(temp, "2", "two");
        await().until(() -> seen.contains(present("two")));
        publish(temp, "3", "three");
        await().until(() -> seen.contains(present("three")));

        assertThat(seen).containsExactly(present("two"), present("three"));
    }

    @Test
    void aFileWrittenInPlaceIsSeenByItsEvent() throws Exception {
        Files.writeString(temp.resolve("herd.json"), "one");
        watch(temp, NEVER);

        Files.writeString(temp.resolve("herd.json"), "two");

        await().until(() -> seen.contains(present("two")));
    }

    @Test
    void theSameContentAgainIsNoChange() throws Exception {
        publish(temp, "1", "one");
        watch(temp, SOON);

        publish(temp, "2", "one");
        Files.setLastModifiedTime(temp.resolve("herd.json"), FileTime.fromMillis(0));
        publish(temp, "3", "other");

        await().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly(present("other"));
    }

    @Test
    void aFolderThatComesLaterIsFoundByThePoll() throws Exception {
        watch(temp.resolve("later"), SOON);
        assertThat(watcher.current()).isEqualTo(new FileContent.Missing());

        Files.createDirectory(temp.resolve("later"));
        publish(temp.resolve("later"), "1", "one");

        await().until(() -> seen.contains(present("one")));
    }

    @Test
    void aFolderThatIsReplacedIsFollowedByThePoll() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("folder"));
        publish(folder, "1", "one");
        watch(folder, SOON);

        Files.move(folder, temp.resolve("old"));
        Files.createDirectory(folder);
        publish(folder, "2", "two");

        await().until(() -> seen.contains(present("two")));
    }

    @Test
    void aFileThatGoesIsMissing() throws Exception {
        Files.writeString(temp.resolve("herd.json"), "one");
        watch(temp, NEVER);

        Files.delete(temp.resolve("herd.json"));

        await().until(() -> seen.contains(new FileContent.Missing()));
    }

    @Test
    void aFileBeyondTheBoundIsUnreadable() throws Exception {
        Files.writeString(temp.resolve("herd.json"), "x".repeat(1001));

        watch(temp, NEVER);

        assertThat(watcher.current()).isEqualTo(new FileContent.Unreadable("larger than 1000 bytes"));
    }

    @Test
    void aFolderInTheFilesPlaceIsUnreadable() throws Exception {
        Files.createDirectory(temp.resolve("herd.json"));

        watch(temp, NEVER);

        assertThat(watcher.current()).isInstanceOf(FileContent.Unreadable.class);
    }

    @Test
    void oneChangeThatFailsDoesNotEndTheWatch() throws Exception {
        watcher = FolderWatcher.ofFile(temp, "herd.json", 1000, SOON);
        watcher.start(content -> {
            seen.add(content);
            throw new IllegalStateException("on purpose");
        });

        Files.writeString(temp.resolve("herd.json"), "one");
        await().until(() -> seen.contains(present("one")));
        Files.writeString(temp.resolve("herd.json"), "two");

        await().until(() -> seen.contains(present("two")));
    }

    @Test
    void aClosedWatchEndsItsThread() {
        watch(temp, NEVER);
        assertThat(threads()).contains("watch-herd.json");

        watcher.close();

        await().untilAsserted(() -> assertThat(threads()).doesNotContain("watch-herd.json"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void contentIsNotShownInWords() {
        assertThat(present("secret").toString()).doesNotContain("secret");
    }
}
