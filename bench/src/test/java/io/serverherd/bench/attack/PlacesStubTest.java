package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesStubTest {
    @Test
    void itAnswersLate() throws IOException {
        try (PlacesStub places = new PlacesStub(Optional.of(Duration.ofMillis(100)))) {
            long before = System.nanoTime();

            String answer = new String(asked(places.endpoint()).getInputStream().readAllBytes(), US_ASCII);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\"status\": \"ZERO_RESULTS\"}");
        }
    }

    @Test
    void whereItHangsOnlyItsEndEndsTheWait() throws IOException {
        Socket client;
        try (PlacesStub places = new PlacesStub(Optional.empty())) {
            client = asked(places.endpoint());
        }

        assertThat(read(client)).isEqualTo(-1);
    }

    private static Socket asked(URI endpoint) throws IOException {
        Socket client = new Socket(endpoint.getHost(), endpoint.getPort());
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: places\r\n\r\n".getBytes(US_ASCII));
        return client;
    }

    private static int read(Socket client) throws IOException {
        try (client) {
            return client.getInputStream().read();
        } catch (SocketException e) {
            // Reset: it had not read all.
            return -1;
        }
    }
}
