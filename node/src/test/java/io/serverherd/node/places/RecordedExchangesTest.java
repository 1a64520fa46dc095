package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.tls.TestAuthority;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All recorded exchanges of both APIs, over TLS, with an authority that only the node is told of. */
class RecordedExchangesTest extends AskedGoogle {
    /** Long enough to be asked in on a machine that is busy. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final TestAuthority authority = TestAuthority.create();

    @BeforeEach
    void believe() throws Exception {
        trust = PlacesTrust.parse(authority.pem().getBytes(US_ASCII));
    }

    private void ask(RecordedExchange exchange, RecordedGoogle recorded) {
        boolean hangs = exchange.delivery().name().startsWith("HANGS");
        config = PlacesConfig.of(
                exchange.api(), URI.create("https://127.0.0.1:" + recorded.port()), hangs ? SHORT : PATIENT);

        assertThat(answerOf(ask(QUERY))).isEqualTo(exchange.reply());
    }

    @ParameterizedTest
    @MethodSource("io.serverherd.node.places.RecordedExchange#all")
    void whatIsAskedAndWhatComesBackIsAsRecorded(RecordedExchange exchange) throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), exchange)) {
            ask(exchange, recorded);

            assertThat(places.count(exchange.outcome())).isEqualTo(1);
            assertThat(recorded.requests()).singleElement().satisfies(sent -> assertSent(exchange, sent));
            assertThat(places.circuitOpen())
                    .isEqualTo(exchange.answer().toLowerCase(Locale.ROOT).contains("retry-after"));
        }
    }

    private static void assertSent(RecordedExchange exchange, String sent) {
        List<String> expected = exchange.request().lines().toList();
        List<String> lines = sent.lines().toList();
        assertThat(lines.get(0)).isEqualTo(expected.get(0) + " HTTP/1.1");
        assertThat(lines).containsAll(expected.subList(1, expected.size()));
        // In the new API the key is in a header, where addresses are logged on the way.
        if (exchange.api() == PlacesConfig.Api.NEW) {
            assertThat(lines.get(0)).doesNotContain(CANARY);
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        RecordedExchange exchange = RecordedExchange.named("new-ok");
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), exchange)) {
            for (int i = 0; i < 5; i++) {
                ask(exchange, recorded);
            }

            assertThat(recorded.requests()).hasSize(5);
            assertThat(recorded.connections()).isEqualTo(1);
        }
    }
}
