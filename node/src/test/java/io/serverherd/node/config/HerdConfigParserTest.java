package io.serverherd.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HerdConfigParserTest {
    private final HerdConfigParser parser = new HerdConfigParser("Alford", false);

    private HerdConfig parse(String json) throws HerdConfigException {
        return parser.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "'',               false, false",
        "'',               true,  true",
        "', \"tls\": true',  false, true",
        "', \"tls\": false', true,  false",
    })
    void anEdgeRequiresTlsAsItSaysOrAsTheServerHasCredentials(String member, boolean whenAbsent, boolean required)
            throws Exception {
        String json = "{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"ball:1\"" + member + "}]}";

        HerdConfig config = new HerdConfigParser("Alford", whenAbsent).parse(json.getBytes(StandardCharsets.UTF_8));

        assertThat(config.neighbours()).containsExactly(new Neighbour("Ball", "ball", 1, required));
    }

    @Test
    void everyMemberIsRead() throws Exception {
        HerdConfig config = parse("""
                {"neighbours": [
                   {"server": "Hamilton", "address": "five-hamilton-0.five-peers.default.svc:12100"},
                   {"server": "Welsh", "address": "127.0.1.5:1"}],
                 "places": {"api": "Legacy", "endpoint": "http://127.0.0.1:18080/base/", "timeoutSeconds": 7},
                 "limits": {"lineBytes": 1024, "connections": 3, "connectionsPerAddress": 2, "clients": 4, "futureSeconds": 0},
                 "logMessages": true}
                """);

        assertThat(config.neighbours())
                .containsExactly(
                        new Neighbour("Hamilton", "five-hamilton-0.five-peers.default.svc", 12_100, false),
                        new Neighbour("Welsh", "127.0.1.5", 1, false));
        assertThat(config.places())
                .isEqualTo(PlacesConfig.of(
                        PlacesConfig.Api.LEGACY, URI.create("http://127.0.0.1:18080/base"), Duration.ofSeconds(7)));
        assertThat(config.limits()).isEqualTo(new Limits(1024, 3, 2, 4, 0));
        assertThat(config.logMessages()).isTrue();
    }

    @Test
    void whatALegacySearchAsksForIsRead() throws Exception {
        PlacesConfig places = parse("""
                {"places": {"language": "pt-BR", "keyword": "tea & cake", "type": "cafe",
                            "maxRequestsPerSecond": 3, "maxRequestsPerDay": 400}}
                """).places();

        assertThat(places.search())
                .isEqualTo(new PlacesSearch(
                        Optional.of("pt-BR"), Optional.of("tea & cake"), List.of("cafe"), Optional.empty()));
        assertThat(places.caps()).isEqualTo(new PlacesCaps(3, 400));
    }

    @Test
    void whatASearchOfTheNewApiAsksForIsReadAndItsEndpointIsAnother() throws Exception {
        PlacesConfig places = parse("""
                {"places": {"api": "New", "languageCode": "de", "includedTypes": ["cafe", "bakery"],
                            "rankPreference": "DISTANCE"}}
                """).places();

        assertThat(places)
                .isEqualTo(new PlacesConfig(
                        PlacesConfig.Api.NEW,
                        URI.create("https://places.googleapis.com"),
                        Duration.ofSeconds(5),
                        new PlacesSearch(
                                Optional.of("de"),
                                Optional.empty(),
                                List.of("cafe", "bakery"),
                                Optional.of("DISTANCE")),
                        PlacesCaps.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"neighbours\": null, \"places\": null, \"limits\": null, \"logMessages\": null}",
                "{\"later\": [1], \"places\": {\"later\": {}}, \"limits\": {\"later\": -1}}",
            })
    void whatIsAbsentNullOrUnknownLeavesTheDefaults(String json) throws Exception {
        HerdConfig config = parse(json);

        assertThat(config)
                .isEqualTo(new HerdConfig(
                        HerdConfig.NONE.neighbours(), PlacesConfig.DEFAULT, Limits.DEFAULT, false, config.hash()));
    }

    @Test
    void theHashIsOfTheBytesOfTheFile() throws Exception {
        // printf '{}\n' | sha256sum
        assertThat(parse("{}\n").hash()).isEqualTo("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "fe80::1%eth0", "2001:db8::A", "::ffff:127.0.0.1"})
    void anIpv6AddressStandsInBrackets(String address) throws Exception {
        HerdConfig config =
                parse("{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"[" + address + "]:12100\"}]}");

        assertThat(config.neighbours()).containsExactly(new Neighbour("Ball", address, 12_100, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ball:99999   | port must be 1–65535",
                "ball:0       | port must be 1–65535",
                "ball:        | port must be 1–65535",
                "ball:12x     | port must be 1–65535",
                "ball         | must be host:port, with an IPv6 address in brackets",
                "::1:12100    | must be host:port, with an IPv6 address in brackets",
                ":12100       | must be host:port, with an IPv6 address in brackets",
                "ba ll:12100  | must be host:port, with an IPv6 address in brackets",
                "[ball]:12100 | must be host:port, with an IPv6 address in brackets",
                "[127.0.0.1]:12100 | must be host:port, with an IPv6 address in brackets",
                "[[::1]]:12100 | must be host:port, with an IPv6 address in brackets",
            })
    void aWrongAddressIsToldWithItsPlace(String address, String what) {
        assertThatThrownBy(() -> parse("{\"neighbours\": [{\"server\": \"Welsh\", \"address\": \"welsh:1\"},"
                        + " {\"server\": \"Ball\", \"address\": \"" + address + "\"}]}"))
                .isInstanceOf(HerdConfigException.class)
                .hasMessage("herd.json: neighbours[1].address \"" + address + "\": " + what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                  | herd.json: must be a JSON object, is []",
                "`[{\"neighbours\": []}]`            | herd.json: must be a JSON object, is [{\"neighbours\":[]}]",
                "{\"neighbours\": {}}                | herd.json: neighbours {}: must be an array",
                "{\"neighbours\": [7]}               | herd.json: neighbours[0] 7: must be an object",
                "{\"neighbours\": [{}]}              | herd.json: neighbours[0].server: must be a string",
                "{\"neighbours\": [{\"server\": 1}]} | herd.json: neighbours[0].server 1: must be a string",
                "{\"neighbours\": [{\"server\": \"Ball\"}]}  | herd.json: neighbours[0].address: must be a string",
                "{\"neighbours\": [{\"server\": \"Ba ll\"}]} | herd.json: neighbours[0].server \"Ba ll\": must be a"
                        + " server's name: 1 to 32 letters, digits and inner hyphens, beginning with a letter",
                "{\"neighbours\": [{\"server\": \"alford\"}]} | herd.json: neighbours[0].server \"alford\": a server"
                        + " can't be its own neighbour",
                "{\"places\": {\"api\": \"Newer\"}}   | herd.json: places.api \"Newer\": must be Legacy or New, the Places"
                        + " APIs that this version of the node speaks",
                "{\"places\": {\"api\": 7}}         | herd.json: places.api 7: must be a string",
                "{\"places\": {\"rankPreference\": \"DISTANCE\"}} | herd.json: places.rankPreference \"DISTANCE\": is"
                        + " understood by the API New alone",
                "{\"places\": {\"includedTypes\": []}} | herd.json: places.includedTypes []: is understood by the API"
                        + " New alone",
                "{\"places\": {\"api\": \"New\", \"keyword\": \"tea\"}} | herd.json: places.keyword \"tea\": is understood"
                        + " by the API Legacy alone",
                "{\"places\": {\"api\": \"New\", \"rankPreference\": \"distance\"}} | herd.json: places.rankPreference"
                        + " \"distance\": must be POPULARITY or DISTANCE",
                "{\"places\": {\"api\": \"New\", \"includedTypes\": [null]}} | herd.json: places.includedTypes[0]: must be"
                        + " a string",
                "{\"places\": {\"keyword\": \"\"}}    | herd.json: places.keyword \"\": must be 1–256 characters, none of"
                        + " them a control character",
                "{\"places\": {\"maxRequestsPerSecond\": 0}} | herd.json: places.maxRequestsPerSecond 0: must be a whole"
                        + " number, 1–10000",
                "{\"places\": {\"maxRequestsPerDay\": 100000001}} | herd.json: places.maxRequestsPerDay 100000001: must be"
                        + " a whole number, 1–100000000",
                "{\"places\": {\"timeoutSeconds\": 0}} | herd.json: places.timeoutSeconds 0: must be a whole number,"
                        + " 1–300",
                "{\"places\": {\"timeoutSeconds\": 1.5}} | herd.json: places.timeoutSeconds 1.5: must be a whole"
                        + " number, 1–300",
                "{\"limits\": {\"lineBytes\": 255}}  | herd.json: limits.lineBytes 255: must be a whole number,"
                        + " 256–1048576",
                "{\"limits\": {\"connections\": 1000001}} | herd.json: limits.connections 1000001: must be a whole"
                        + " number, 1–1000000",
                "{\"limits\": {\"clients\": 0}} | herd.json: limits.clients 0: must be a whole number, 1–100000000",
                "{\"limits\": {\"futureSeconds\": 1e999}} | herd.json: limits.futureSeconds",
                "{\"limits\": {\"futureSeconds\": 99999999999999999999}} | herd.json: limits.futureSeconds"
                        + " 99999999999999999999: must be a whole number, 0–3153600000",
                "{\"logMessages\": \"yes\"}          | herd.json: logMessages \"yes\": must be true or false",
                "{\"limits\": {}} {}                 | herd.json: line 1, column ",
                "{\"limits\": {}, \"limits\": {}}    | herd.json: line 1, column ",
                "{\"limits\":                        | herd.json: line 1, column ",
                "``                                  | herd.json: must be a JSON object",
            })
    void aWrongFileIsToldWithThePlaceTheValueAndWhatItMustBe(String json, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(HerdConfigException.class)
                .message()
                .startsWith(message)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maps.googleapis.com",
                "ftp://maps.googleapis.com",
                "https://",
                "https://user@maps.googleapis.com",
                "https://maps.googleapis.com?key=1",
                "https://maps.googleapis.com#x",
                "https://maps googleapis.com",
            })
    void anEndpointIsAnAddressWithoutQuery(String endpoint) {
        assertThatThrownBy(() -> parse("{\"places\": {\"endpoint\": \"" + endpoint + "\"}}"))
                .hasMessageStartingWith("herd.json: places.endpoint ")
                .hasMessageEndingWith(": must be http:// or https://, a host, and at most a port and a path");
    }

    @Test
    void aNeighbourStandsInTheFileOnce() {
        assertThatThrownBy(() -> parse("{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"a:1\"},"
                        + " {\"server\": \"BALL\", \"address\": \"b:1\"}]}"))
                .hasMessage("herd.json: neighbours[1].server \"BALL\": is a neighbour already");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertThatThrownBy(() -> parse("{\"logMessages\": \"" + "x".repeat(5000) + "\"}"))
                .message()
                .hasSizeLessThan(200)
                .contains("xxx…: must be true or false");
    }
}
