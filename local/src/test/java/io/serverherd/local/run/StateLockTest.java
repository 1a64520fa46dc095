package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {

    @TempDir
    Path folder;

    @Test
    void theStateFolderIsForThisUserAlone() throws Exception {
        Path home = folder.resolve("a/b");

        StateLock.take(home).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondRunIsToldWhoHoldsTheFolder() throws Exception {
        try (StateLock held = StateLock.take(folder)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> StateLock.take(folder))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("HERD_HOME");
        }

        StateLock.take(folder).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> StateLock.take(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("HERD_HOME");
    }
}
