package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@org.junit.jupiter.api.Timeout(60)
class PortForwardTest {

    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+)");

    private final TestPods pods = new TestPods();

    @RegisterExtension
    final TestApi api = new TestApi(pods);

    @Test
    void kubectlForwardsBothDirectionsAndTheirEnds() throws IOException {
        TestPods.running(api.client(), "singer");
        try (var service = new TestPods.CapitalsAfterEnd();
                var forward = api.kubectl().start("port-forward", "pod/singer", ":12000")) {
            pods.setPort(12000, service.port());
            int port = localPort(forward);

            assertThat(converse(port, "la la")).isEqualTo("LA LA");
            assertThat(converse(port, "again")).isEqualTo("AGAIN");
        }
    }

    @Test
    void kubectlForwardsMoreThanAnyWindow() throws IOException {
        TestPods.running(api.client(), "singer");
        String much = "la".repeat(2_000_000);
        try (var service = new TestPods.CapitalsAfterEnd();
                var forward = api.kubectl().start("port-forward", "pod/singer", ":12000")) {
            pods.setPort(12000, service.port());

            assertThat(converse(localPort(forward), much)).isEqualTo(much.toUpperCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void kubectlTellsWhyAConnectionFailed() throws IOException {
        TestPods.running(api.client(), "singer");
        pods.setPort(12000, closedPort());
        try (var forward = api.kubectl().start("port-forward", "pod/singer", ":12000")) {

            assertThat(converse(localPort(forward), "la")).isEmpty();

            await().untilAsserted(() -> assertThat(forward.err())
                    .contains("error forwarding port 12000 to pod default/singer")
                    .contains("Connection refused"));
        }
    }

    @Test
    void aPodThatDoesNotRunCannotBeForwardedTo() {
        api.client().resource(TestPods.pod("singer").build()).create();

        assertThat(api.kubectl().run("port-forward", "pod/singer", ":12000").fails())
                .contains("pod is not running. Current status=Pending");
    }

    @Test
    void theClientLibraryForwardsToo() throws IOException {
        TestPods.running(api.client(), "singer");
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalPortForward forward =
                        api.client().pods().withName("singer").portForward(12000)) {
            service.setSoTimeout(20_000);
            pods.setPort(12000, service.getLocalPort());

            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                client.getOutputStream().write("la".getBytes());
                try (Socket accepted = service.accept()) {
                    assertThat(new String(accepted.getInputStream().readNBytes(2)))
                            .isEqualTo("la");
                    accepted.getOutputStream().write("LA".getBytes());
                    assertThat(new String(client.getInputStream().readNBytes(2)))
                            .isEqualTo("LA");
                }
            }
        }
    }

    private static String converse(int port, String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            Thread writer = new Thread(() -> send(socket, text));
            writer.start();
            return new String(socket.getInputStream().readAllBytes());
        }
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes());
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int localPort(Kubectl.Running forward) {
        await().until(() -> FORWARDING.matcher(forward.out()).find());
        Matcher line = FORWARDING.matcher(forward.out());
        assertThat(line.find()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
