package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl create …}, whose requests are protobuf. */
@Timeout(60)
class CreateCommandsTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @TempDir
    Path folder;

    @Test
    void aSecretIsCreatedFromLiterals() {
        api.kubectl()
                .run("create", "secret", "generic", "places", "--from-literal=api-key=abc", "--from-literal=other=é")
                .succeeds();

        var secret = api.client().secrets().withName("places").get();

        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getData()).isEqualTo(Map.of("api-key", base64("abc"), "other", base64("é")));
    }

    @Test
    void aConfigMapIsCreatedFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("song.txt"), "la\nla\n");
        Path binary = Files.write(folder.resolve("song.bin"), new byte[] {(byte) 0xff, 0, 1});

        api.kubectl()
                .run("create", "configmap", "songs", "--from-file=" + file, "--from-file=" + binary)
                .succeeds();

        var map = api.client().configMaps().withName("songs").get();
        assertThat(map.getData()).isEqualTo(Map.of("song.txt", "la\nla\n"));
        assertThat(map.getBinaryData()).isEqualTo(Map.of("song.bin", "/wAB"));
    }

    @Test
    void namespacesAndServiceAccountsAreCreated() {
        api.kubectl().run("create", "namespace", "band").succeeds();
        api.kubectl().run("create", "serviceaccount", "singer", "-n", "band").succeeds();

        assertThat(api.client().namespaces().withName("band").get().getStatus().getPhase())
                .isEqualTo("Active");
        assertThat(api.client()
                        .serviceAccounts()
                        .inNamespace("band")
                        .withName("singer")
                        .get())
                .isNotNull();
    }

    @Test
    void otherKindsAreRefusedWithWhatIsPossible() {
        byte[] noMagic = {1, 2, 3};

        var answer = api.send(
                "POST",
                "/api/v1/namespaces/default/pods",
                "application/vnd.kubernetes.protobuf",
                new String(noMagic, java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("does not start with the bytes k8s");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
