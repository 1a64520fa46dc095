package io.serverherd.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FootprintTest {
    @Test
    void openFilesAndMemoryAreSeen() throws IOException {
        Footprint before = Footprint.of(ProcessHandle.current());

        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            assertThat(one.getLocalPort()).isNotEqualTo(other.getLocalPort());
            assertThat(Footprint.of(ProcessHandle.current()).files()).isGreaterThanOrEqualTo(before.files() + 2);
        }
        assertThat(before.rss()).isBetween(1_000L, 100_000_000L);
    }
}
