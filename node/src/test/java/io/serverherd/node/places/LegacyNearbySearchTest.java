package io.serverherd.node.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesSearch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyNearbySearchTest {
    private final LegacyNearbySearch api = new LegacyNearbySearch();

    private String address(PlacesQuery query, String key) throws PlacesKey.RefusedException {
        return api.request(query, PlacesConfig.DEFAULT, PlacesKey.parse(key.getBytes(StandardCharsets.US_ASCII)))
                .uri()
                .toString();
    }

    @Test
    void theQuestionIsOneAddress() throws Exception {
        assertThat(address(new PlacesQuery("+34.068930-118.445127", "10", 5), "AIza-key_1"))
                .isEqualTo("https://maps.googleapis.com/maps/api/place/nearbysearch/json"
                        + "?location=34.068930,-118.445127&radius=10000&key=AIza-key_1");
    }

    @Test
    void whatTheSearchAsksForIsInTheAddress() throws Exception {
        PlacesConfig config = new PlacesConfig(
                PlacesConfig.Api.LEGACY,
                PlacesConfig.DEFAULT.endpoint(),
                PlacesConfig.DEFAULT.timeout(),
                new PlacesSearch(Optional.of("pt-BR"), Optional.of("tea & cake"), List.of("cafe"), Optional.empty()),
                PlacesCaps.NONE);

        assertThat(api.request(new PlacesQuery("+1+1", "1", 5), config, PlacesKey.parse(new byte[] {'k'}))
                        .uri())
                .hasToString("https://maps.googleapis.com/maps/api/place/nearbysearch/json?location=1,1&radius=1000"
                        + "&language=pt-BR&keyword=tea%20%26%20cake&type=cafe&key=k");
    }

    @Test
    void aKeyIsEncodedForAQuery() throws Exception {
        assertThat(address(new PlacesQuery("+1+1", "1", 5), "a+b&c=d e%#")).endsWith("&key=a%2Bb%26c%3Dd%20e%25%23");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+34.068930-118.445127 | 34.068930,-118.445127",
                "-33.8688+151.2093     | -33.8688,151.2093",
                "+5+7                  | 5,7",
                "-00.0-000.00          | -00.0,-000.00",
                "+90.000000000000000001+180 | 90.000000000000000001,180",
            })
    void aLocationKeepsItsDigitsAndLosesItsPluses(String location, String expected) {
        assertThat(LegacyNearbySearch.latitudeLongitude(location)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10000",
        "50, 50000",
        "0, 0",
        "0.0, 0",
        "010, 10000",
        "0.5, 500",
        "0.001, 1",
        "0.0001, 0.1",
        "1.10, 1100",
        "12.3456789, 12345.6789",
        "0.1000000000000000055511151231257827, 100.0000000000000055511151231257827",
    })
    void kilometresBecomeMetresExactly(String kilometres, String metres) {
        assertThat(LegacyNearbySearch.metres(kilometres)).isEqualTo(metres);
    }
}
