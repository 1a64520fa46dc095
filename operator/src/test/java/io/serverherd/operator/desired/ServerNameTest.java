package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {
    @ParameterizedTest
    @CsvSource({
        "five-node-herd, Alford, five-node-herd-alford",
        "a-b,            c,      a-b-c",
        "a,              b-c,    a-b--c",
        "a,              b--c,   a-b----c",
        "h,              X,      h-x",
    })
    void aNameIsReadable(String herd, String server, String name) {
        assertThat(ServerName.of(herd, server)).isEqualTo(name);
    }

    @Test
    void noTwoPairsOfHerdAndServerShareAName() {
        List<String> words = new ArrayList<>();
        build("", 5, words);
        Map<String, String> pairByName = new HashMap<>();

        for (String herd : words) {
            for (String server : words) {
                String pair = herd + " " + server;
                assertThat(pairByName.put(ServerName.of(herd, server), pair))
                        .as("shares its name with %s", pair)
                        .isNull();
            }
        }
        assertThat(pairByName).hasSize(words.size() * words.size());
    }

    @Test
    void aLongNameIsCutToWhatAPodsLabelsBear() {
        String name = ServerName.of("h".repeat(50), "s".repeat(32));

        assertThat(name).hasSizeLessThanOrEqualTo(52).matches("h+-0[0-9a-f]{12}");
        assertThat(name).isNotEqualTo(ServerName.of("h".repeat(50), "s".repeat(31)));
    }

    @Test
    void cuttingLeavesNoHyphenBeforeTheHash() {
        assertThat(ServerName.of("h".repeat(37) + "-x", "s".repeat(32))).matches("h+-0[0-9a-f]{12}");
    }

    /** All valid names of up to the given length over a, b and '-', which is where names could be confused. */
    private static void build(String beginning, int length, List<String> into) {
        if (beginning.matches("[a-z]([a-z-]*[a-z])?")) {
            into.add(beginning);
        }
        if (beginning.length() < length) {
            build(beginning + "a", length, into);
            build(beginning + "b", length, into);
            build(beginning + "-", length, into);
        }
    }
}
