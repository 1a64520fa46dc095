package io.serverherd.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpClient http = HttpClient.newHttpClient();
    private AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        admin = new AdminServer(
                ANY_PORT,
                Map.of(
                        "/livez", () -> Page.Answer.line(200, "ok"),
                        "/readyz", () -> Page.Answer.line(503, "not yet"),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("a secret of the inside");
                                }));
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + admin.address().getPort() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPageIsAnsweredWithItsStatusAndText() throws Exception {
        assertThat(call("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/livez").body()).isEqualTo("ok\n");
        assertThat(call("GET", "/readyz?verbose").statusCode()).isEqualTo(503);
        assertThat(call("GET", "/readyz").body()).isEqualTo("not yet\n");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        HttpResponse<String> response = call("HEAD", "/readyz");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Length")).contains("8");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/livez/", "/livezz", "/status"})
    void anUnknownPathIs404AndTellsWhatThereIs(String path) throws Exception {
        HttpResponse<String> response = call("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no such page; there are /broken /livez /readyz\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void anotherMethodIs405(String method) throws Exception {
        HttpResponse<String> response = call(method, "/livez");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void aPageThatFailsIs500WithoutItsInside() throws Exception {
        HttpResponse<String> response = call("GET", "/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());

            assertThatThrownBy(() -> new AdminServer(address, Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("admin port 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        }
    }
}
