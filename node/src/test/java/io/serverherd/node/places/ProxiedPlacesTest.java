package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.tls.TestAuthority;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google behind a proxy: who is told of it, and what it sees. */
class ProxiedPlacesTest extends AskedGoogle {
    private static final RecordedExchange OK = RecordedExchange.named("new-ok");
    private static final String BASIC = "Proxy-Authorization: Basic bWU6Y2FuYXJ5";
    private static final Map<String, String> WITH_PASSWORDS = Map.of(
            "HTTP_PROXY", "me:canary@127.0.0.1:1", "HTTPS_PROXY", "me:canary@127.0.0.1:1", "NO_PROXY", "192.0.2.2");

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
    void theProxyOfClearIsGivenItsPasswordWithTheRequest() throws Exception {
        try (StandInProxy proxy = new StandInProxy(1, BASIC)) {
            askThrough(Map.of("HTTP_PROXY", "http://me:canary@127.0.0.1:" + proxy.port()));
            config = PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://192.0.2.1"), PATIENT);

            assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
            // It has not to ask for it first.
            assertThat(proxy.requests()).singleElement().asString().contains(BASIC);
        }
    }

    @Test
    void aProxyThatIsGivenAnotherPasswordIsAnUnknownError() throws Exception {
        try (StandInProxy proxy = new StandInProxy(1, BASIC)) {
            askThrough(Map.of("HTTP_PROXY", "http://me:wrong@127.0.0.1:" + proxy.port()));
            config = PlacesConfig.of(PlacesConfig.Api.LEGACY, URI.create("http://192.0.2.1"), PATIENT);

            assertThat(answerOf(ask(QUERY))).isEqualTo(UNKNOWN_ERROR);
            assertThat(places.count(Outcome.HTTP_ERROR)).isEqualTo(1);
        }
    }

    @Test
    void whoIsAskedWithoutTheProxyGetsNoneOfItsPassword() throws Exception {
        trust = PlacesTrust.parse(authority.pem().getBytes(US_ASCII));
        List<Headers> sent = new CopyOnWriteArrayList<>();
        behaviour = exchange -> {
            sent.add(exchange.getRequestHeaders());
            respond(exchange, 200, THREE);
        };
        try (RecordedGoogle recorded = new RecordedGoogle(WebServer.at("127.0.0.1", authority), OK)) {
            askThrough(WITH_PASSWORDS);

            assertThat(answerOf(ask(QUERY))).contains("\"OK\"");
            config = PlacesConfig.of(OK.api(), URI.create("https://127.0.0.1:" + recorded.port()), PATIENT);
            assertThat(answerOf(ask(QUERY))).isEqualTo(OK.reply());

            assertThat(sent).singleElement().satisfies(headers -> assertThat(headers)
                    .doesNotContainKey("Proxy-authorization"));
            assertThat(recorded.requests()).singleElement().asString().doesNotContainIgnoringCase("proxy-auth");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.0.2.1, true",
        "https://192.0.2.1, true",
        "http://192.0.2.2, false",
        "https://127.0.0.1, false"
    })
    void aRequestHasThePasswordOfTheProxyItGoesThrough(URI asked, boolean proxied) {
        HttpClients clients = new HttpClients(Runnable::run, ProxyRules.of(WITH_PASSWORDS, new ArrayList<>()));

        HttpRequest request = clients.letThrough(HttpRequest.newBuilder(asked).build());

        assertThat(request.headers().map().containsKey("Proxy-Authorization")).isEqualTo(proxied);
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
