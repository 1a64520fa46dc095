package io.serverherd.operator.desired;

import static io.serverherd.operator.Herds.SETTINGS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.generator.annotation.Max;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.serverherd.node.config.HerdConfigException;
import io.serverherd.node.config.HerdConfigParser;
import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesSearch;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.ServerHerd;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a herd says of Places, as its servers read it. */
class PlacesSettingsTest {
    private static final PlacesConfig.Api NEW = PlacesConfig.Api.NEW;

    /** What each server is told; all are told the same. */
    private static PlacesConfig told(String drawn, Map<String, ?> said, HerdSettings settings) {
        ServerHerd herd = Herds.with(Herds.herd("h", drawn), "places", Herds.places(said));
        Set<PlacesConfig> told = new HashSet<>();
        DesiredHerd.of(herd, settings).objects().stream()
                .filter(ConfigMap.class::isInstance)
                .map(object -> ((ConfigMap) object).getData().get("herd.json"))
                .forEach(json -> told.add(read(json)));
        assertThat(told).hasSize(1);
        return told.iterator().next();
    }

    private static PlacesConfig read(String json) {
        try {
            return new HerdConfigParser("X", false).parse(json.getBytes(UTF_8)).places();
        } catch (HerdConfigException e) {
            throw new AssertionError(json, e);
        }
    }

    @Test
    void whatTheNewApiIsAskedForReachesTheServers() {
        Map<String, ?> said = Map.of(
                "api", "New",
                "languageCode", "de",
                "includedTypes", List.of("cafe", "bakery"),
                "rankPreference", "DISTANCE",
                "timeoutSeconds", 3);

        assertThat(told("A-B", said, SETTINGS))
                .isEqualTo(new PlacesConfig(
                        NEW,
                        URI.create("https://places.googleapis.com"),
                        Duration.ofSeconds(3),
                        new PlacesSearch(
                                Optional.of("de"),
                                Optional.empty(),
                                List.of("cafe", "bakery"),
                                Optional.of("DISTANCE")),
                        PlacesCaps.NONE));
    }

    @Test
    void whatTheLegacyApiIsAskedForReachesTheServers() {
        PlacesSearch search = told(
                        "A-B", Map.of("language", "pt-BR", "keyword", "tea & cake", "type", "cafe"), SETTINGS)
                .search();

        assertThat(search)
                .isEqualTo(new PlacesSearch(
                        Optional.of("pt-BR"), Optional.of("tea & cake"), List.of("cafe"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://maps.googleapis.com,                       , https://places.googleapis.com",
        "http://127.0.0.1:7081,                             , http://127.0.0.1:7081",
        "https://maps.googleapis.com, https://proxy.example , https://proxy.example",
    })
    void theNewApiHasAHostOfItsOwnUnlessOneIsSaid(String ofOperator, String ofHerd, String expected) {
        HerdSettings settings = new HerdSettings(
                SETTINGS.nodeImage(),
                ofOperator,
                ProxyVariables.NONE,
                Optional.empty(),
                SETTINGS.trustDomain(),
                LinkSecurity.NONE);
        Map<String, ?> said = ofHerd == null ? Map.of("api", "New") : Map.of("api", "New", "endpoint", ofHerd);

        assertThat(told("A", said, settings).endpoint()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"A, 5000, 5000", "A-B, 5000, 2500", "A-B C, 5000, 1666", "A-B C, 3, 1", "A B C D E F G, 13, 1"})
    void serversShareWhatTheHerdMayAndNeverExceedIt(String drawn, int ofHerd, int share) {
        Map<String, ?> said = Map.of("maxRequestsPerDay", ofHerd, "maxRequestsPerSecond", ofHerd);

        assertThat(told(drawn, said, SETTINGS).caps()).isEqualTo(new PlacesCaps(share, share));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxRequestsPerSecond", "maxRequestsPerDay"})
    void theNodeHasTheSameCapsForAServerThatIsAlone(String cap) throws Exception {
        int most =
                (int) PlacesSpec.class.getMethod(cap).getAnnotation(Max.class).value();

        assertThat(told("A", Map.of(cap, most), SETTINGS).caps()).isNotEqualTo(PlacesCaps.NONE);
        assertThatThrownBy(() -> read("{\"places\": {\"" + cap + "\": " + (most + 1) + "}}"))
                .hasStackTraceContaining("places." + cap);
    }
}
