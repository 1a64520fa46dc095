package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.tls.TestAuthority;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the node believes to be Google. Who is not believed gets no question, and with it no key. */
class EndpointTrustTest extends AskedGoogle {
    private static final RecordedExchange OK = RecordedExchange.named("legacy-ok");
    private final TestAuthority authority = TestAuthority.create();

    private PlacesTrust ours() throws PlacesTrust.RefusedException {
        return PlacesTrust.parse(authority.pem().getBytes(US_ASCII));
    }

    private String answerOf(RecordedGoogle recorded) {
        config = PlacesConfig.of(OK.api(), URI.create("https://127.0.0.1:" + recorded.port()), PATIENT);
        return answerOf(ask(QUERY));
    }

    private void assertRefused(SSLContext server) throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(server, OK)) {
            assertThat(answerOf(recorded)).isEqualTo(UNKNOWN_ERROR);
            assertThat(places.count(Outcome.TRANSPORT)).isEqualTo(1);
            assertThat(recorded.requests()).isEmpty();
        }
    }

    @Test
    void anAuthorityNobodyHasToldOfIsRefused() throws Exception {
        assertRefused(WebServer.at("127.0.0.1", authority));
    }

    @Test
    void anotherAuthorityOfTheSameNameIsRefused() throws Exception {
        trust = ours();

        assertRefused(WebServer.at("127.0.0.1", TestAuthority.create()));
    }

    @Test
    void whoCertifiesItselfIsRefused() throws Exception {
        trust = ours();

        assertRefused(WebServer.of(TestAuthority.selfSignedAt("127.0.0.1")));
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        trust = ours();

        assertRefused(WebServer.at("127.0.0.1", authority, Instant.now().minusSeconds(60)));
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        trust = ours();

        assertRefused(WebServer.at("127.0.0.2", authority));
    }

    @ParameterizedTest
    @CsvSource({"2, TRANSPORT, 600", "3, TIMEOUT, 2"})
    void aServerOfTls11IsRefusedAtOnceWhereOneOfTls12IsWaitedFor(int minorVersion, Outcome outcome, int seconds)
            throws Exception {
        try (HalfTls old = new HalfTls(minorVersion)) {
            config = PlacesConfig.of(
                    OK.api(), URI.create("https://127.0.0.1:" + old.port()), Duration.ofSeconds(seconds));

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(places.count(outcome)).isEqualTo(1);
        }
    }

    @Test
    void anotherTrustCountsFromTheNextQuestionOn() throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), OK)) {
            assertThat(answerOf(recorded)).isEqualTo(UNKNOWN_ERROR);

            trust = ours();
            assertThat(answerOf(recorded)).isEqualTo(OK.reply());

            trust = PlacesTrust.parse(TestAuthority.create().pem().getBytes(US_ASCII));
            assertThat(answerOf(recorded)).isEqualTo(UNKNOWN_ERROR);
        }
    }

    @Test
    void anAuthorityThatIsToldOfMakesAnOpenCircuitTry() throws Exception {
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), OK)) {
            for (int i = 0; i < Circuit.FAILURES; i++) {
                answerOf(recorded);
            }
            assertThat(places.circuitOpen()).isTrue();

            trust = ours();

            assertThat(answerOf(recorded)).isEqualTo(OK.reply());
        }
    }
}
