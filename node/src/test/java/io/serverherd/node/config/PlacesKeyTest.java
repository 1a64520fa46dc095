package io.serverherd.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesKeyTest {
    private final LivePlacesKey live = new LivePlacesKey();

    private static FileContent file(String text) {
        return new FileContent.Present(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIza-key_1", "AIza-key_1\n", "AIza-key_1\r\n", " \tAIza-key_1 \n\n"})
    void blanksAndLineEndsAroundAKeyAreNotPartOfIt(String text) {
        live.read(file(text));

        assertThat(live.key().secret()).isEqualTo("AIza-key_1");
        assertThat(live.key().state()).isEqualTo(PlacesKey.State.LOADED);
    }

    @Test
    void beforeAFileIsReadTheKeyIsMissing() {
        assertThat(live.key().state()).isEqualTo(PlacesKey.State.MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t"})
    void aFileOfBlanksIsAnEmptyKey(String text) {
        live.read(file("old"));

        live.read(file(text));

        assertThat(live.key().state()).isEqualTo(PlacesKey.State.EMPTY);
        assertThat(live.key().loaded()).isFalse();
    }

    @Test
    void aKeyThatIsRemovedIsGone() {
        live.read(file("old"));

        live.read(new FileContent.Missing());

        assertThat(live.key().state()).isEqualTo(PlacesKey.State.MISSING);
        assertThat(live.key().secret()).isEmpty();
    }

    @Test
    void aNewKeyReplacesTheOld() {
        live.read(file("old"));

        live.read(file("new"));

        assertThat(live.key().secret()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new\nkey", "new\u0000", "new\u007f", "n\u00e9w"})
    void aFileThatCannotBeAKeyLeavesTheOldOneInForce(String text) {
        live.read(file("old"));

        live.read(file(text));

        assertThat(live.key().secret()).isEqualTo("old");
        assertThat(live.state().error()).endsWith("is not printable ASCII");
        live.read(file("mended"));
        assertThat(live.state().error()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2ln-_ | is a JSON web token, as a service account has",
                "-----BEGIN PRIVATE KEY----- | is a PEM file, as a TLS Secret has"
            })
    void anotherSecretTakenForAKeyIsNotGivenToGoogle(String text, String why) {
        live.read(file("old"));

        live.read(file(text + "\n"));

        assertThat(live.key().secret()).isEqualTo("old");
        assertThat(live.state().error()).startsWith(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJSUzI1NiJ9", "AQ.Ab8RN6I-x.y"})
    void aKeyMayHaveDots(String text) {
        live.read(file(text));

        assertThat(live.key().secret()).isEqualTo(text);
    }

    @Test
    void aFileThatIsTooLargeLeavesTheOldOneInForce() {
        live.read(file("old"));

        live.read(new FileContent.Unreadable("larger than 4096 bytes"));

        assertThat(live.key().secret()).isEqualTo("old");
        assertThat(live.state().error()).isEqualTo("larger than 4096 bytes");
    }

    @Test
    void aRefusalTellsThePlaceButNothingOfTheKey() {
        assertThatThrownBy(() -> PlacesKey.parse("canary\u0001canary".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("byte 7 is not printable ASCII");
    }

    @ParameterizedTest
    @CsvSource({"AIza-key, true", "AIza-ke, false", "other-key, false"})
    void aTextThatHoldsAKeyIsToldFromOneThatHoldsAWord(String key, boolean told) throws Exception {
        byte[] text = "{\"message\": \"no AIza-key here\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(PlacesKey.parse(key.getBytes(StandardCharsets.UTF_8)).isIn(text))
                .isEqualTo(told);
        assertThat(PlacesKey.MISSING.isIn(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIza\\/key+1", "\\u0041Iza/key+1", "AIza\\u002Fkey\\u002b1", "\\\\u0041 AIza/key\\u002b1"})
    void aKeyIsToldInWhateverSpellingOfJson(String text) throws Exception {
        PlacesKey key = PlacesKey.parse("AIza/key+1".getBytes(StandardCharsets.UTF_8));

        assertThat(key.isIn(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void aKeyIsNotShownInWords() throws Exception {
        assertThat(PlacesKey.parse("canary".getBytes(StandardCharsets.UTF_8)).toString())
                .isEqualTo("PlacesKey[LOADED]");
    }
}
