package io.serverherd.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

    @Test
    void withoutVariablesTheDefaultsHold() throws RunException {
        RunSettings settings = RunSettings.from(Map.of());

        assertThat(settings.home()).isEqualTo(Path.of(".herd"));
        assertThat(settings.root()).isEmpty();
        assertThat(settings.apiPort()).isEqualTo(7080);
        assertThat(settings.placesPort()).isEqualTo(7081);
        assertThat(settings.operatorPort()).isEqualTo(7082);
        assertThat(settings.podNetwork()).isEqualTo("127.0.1.0");
        assertThat(settings.placesKey()).isEmpty();
    }

    @Test
    void variablesChangeThemAndEmptyOnesDoNot() throws RunException {
        RunSettings settings = RunSettings.from(Map.of(
                "HERD_HOME",
                "/h",
                "HERD_ROOT",
                "/r",
                "HERD_API_PORT",
                "1",
                "HERD_PLACES_PORT",
                "65535",
                "HERD_OPERATOR_PORT",
                "",
                "HERD_POD_NETWORK",
                "127.9.255.0",
                "PLACES_API_KEY",
                " s3cret\n"));

        assertThat(settings.home()).isEqualTo(Path.of("/h"));
        assertThat(settings.root()).contains(Path.of("/r"));
        assertThat(settings.apiPort()).isEqualTo(1);
        assertThat(settings.placesPort()).isEqualTo(65535);
        assertThat(settings.operatorPort()).isEqualTo(7082);
        assertThat(settings.podNetwork()).isEqualTo("127.9.255.0");
        assertThat(settings.placesKey()).contains("s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "HERD_API_PORT, 0",
        "HERD_API_PORT, 65536",
        "HERD_PLACES_PORT, seven",
        "HERD_OPERATOR_PORT, -1",
        "HERD_POD_NETWORK, 10.0.0.0",
        "HERD_POD_NETWORK, 127.0.1.1",
        "HERD_POD_NETWORK, 127.0.256.0",
        "HERD_POD_NETWORK, 127.0.1.0/24"
    })
    void aWrongValueIsNamed(String variable, String value) {
        assertThatThrownBy(() -> RunSettings.from(Map.of(variable, value)))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith(variable + "=" + value + ": must be ");
    }
}
