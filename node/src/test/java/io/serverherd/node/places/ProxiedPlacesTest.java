package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.tls.TestAuthority;
import java.net.URI;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Google behind a proxy: who is told of it, and what it sees. */
class ProxiedPlacesTest extends AskedGoogle {
    private static final RecordedExchange OK = RecordedExchange.named("new-ok");
    private final TestAuthority authority = TestAuthority.create();

    private void askThrough(Map<String, String> environment) {
        ProxyRules proxies = ProxyRules.of(environment, new ArrayList<>());
        places = new PlacesClient(
                loop, () -> config, () -> key, () -> trust, new Exchanges(proxies), budget, nanos::get);
    }

    @Test
    void aTunnelIsOpenedToTheHostAndTheProxySeesNothingElse() throws Exception {
        trust = PlacesTrust.parse(authority.pem().getBytes(US_ASCII));
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("192.0.2.1", authority), OK);
                StandInProxy proxy = new StandInProxy(recorded.port(), "")) {
            askThrough(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()));
            config = PlacesConfig.of(OK.api(), URI.create("https://192.0.2.1"), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(OK.reply());

            assertThat(proxy.requests()).singleElement().satisfies(head -> assertThat(head)
                    .startsWith("CONNECT 192.0.2.1:443 ")
                    .doesNotContain(CANARY, "Goog"));
            assertThat(recorded.requests()).hasSize(1);
        }
    }

    @Test
    void theProxyIsNotBelievedToBeGoogle() throws Exception {
        trust = PlacesTrust.parse(authority.pem().getBytes(US_ASCII));
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), OK);
                StandInProxy proxy = new StandInProxy(recorded.port(), "")) {
            askThrough(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()));
            config = PlacesConfig.of(OK.api(), URI.create("https://192.0.2.1"), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(recorded.requests()).isEmpty();
        }
    }

    @Test
    void whatIsAskedInClearGoesThroughTheProxyOfClear() throws Exception {
        try (StandInProxy proxy = new StandInProxy(1, "")) {
            askThrough(Map.of("http_proxy", "127.0.0.1:" + proxy.port()));
            config = PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://192.0.2.1"), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo("{\"results\":[],\"status\":\"OK\"}\n\n");
            assertThat(proxy.requests()).singleElement().asString().startsWith("GET http://192.0.2.1/maps/");
        }
    }

    @Test
    void anExceptionIsAskedWithoutTheProxy() throws Exception {
        try (StandInProxy proxy = new StandInProxy(1, "")) {
            askThrough(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.port(), "NO_PROXY", "localhost"));

            assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
            assertThat(asked).hasSize(1);
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void aProxyThatIsAwayIsAnUnknownError() {
        askThrough(Map.of("HTTPS_PROXY", "127.0.0.1:1"));
        config = PlacesConfig.of(OK.api(), URI.create("https://192.0.2.1"), PATIENT);

        assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
        assertThat(places.count(Outcome.TRANSPORT)).isEqualTo(1);
    }
}
