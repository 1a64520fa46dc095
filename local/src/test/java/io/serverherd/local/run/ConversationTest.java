package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.000000007Z");

    @Test
    void theLinesCanBePasted() {
        List<String> lines = Conversation.lines(Path.of("/h/kubeconfig"), "five-node-herd", "127.0.1.1", true, NOW);

        assertThat(lines)
                .contains(
                        "  export KUBECONFIG=/h/kubeconfig",
                        "  kubectl get herd -w",
                        "  kubectl edit herd five-node-herd",
                        "  kubectl port-forward sts/five-node-herd-alford 12000",
                        "  nc 127.0.1.1 12000",
                        "  IAMAT kiwi.cs.ucla.edu +34.068930-118.445127 1767225600.000000007",
                        "  WHATSAT kiwi.cs.ucla.edu 10 5");
    }

    @Test
    void withoutKubectlOnlyTheServerIsShown() {
        List<String> lines = Conversation.lines(Path.of("/h/kubeconfig"), "h", "127.0.1.1", false, NOW);

        assertThat(lines).anyMatch(line -> line.contains("no kubectl on the PATH"));
        assertThat(lines).noneMatch(line -> line.startsWith("  kubectl"));
        assertThat(lines).contains("  nc 127.0.1.1 12000");
    }

    @Test
    void aProgramIsFoundWhereThePathSays(@TempDir Path folder) throws Exception {
        Path program = Files.createFile(folder.resolve("kubectl"));
        String path = "/no/such/folder:" + folder;
        assertThat(Conversation.isOnPath("kubectl", path)).isFalse();

        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThat(Conversation.isOnPath("kubectl", path)).isTrue();
        assertThat(Conversation.isOnPath("kubectl", null)).isFalse();
    }
}
