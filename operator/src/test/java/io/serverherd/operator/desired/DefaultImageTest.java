package io.serverherd.operator.desired;

import static io.serverherd.operator.Herds.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultImageTest {
    /** A set is {@code IMAGE@RESTART}: the default it was given, or {@code none}, and the restart its template has seen. */
    @ParameterizedTest(name = "{0}, restart {1} → {2}")
    @CsvSource({
        // a new herd, and one whose sets have an image that the spec named
        "'',                     '', current",
        "'none@ none@',          '', current",
        // it goes on with what it was given, a new server too
        "'old@ old@',            '', old",
        "'old@ none@',           '', old",
        "'old@r old@r',          r,  old",
        // until somebody asks for new pods
        "'old@ old@',            r,  current",
        "'old@r old@r',          s,  current",
        "'old@r old@r',          '', current",
        // an operator that stopped in the middle of that, and one with yet another default that goes on
        "'new@r old@ old@',      r,  new",
        // a tampered annotation
        "'bad@ old@ old@',       '', old",
        "'a@ b@',                '', a",
    })
    void theDefaultOfItsFirstDayStaysUntilItsPodsAreReplacedAnyway(String sets, String restart, String expected) {
        ServerHerd herd = Herds.herd("h", "A-B");

        assertThat(DefaultImage.of(restart.isEmpty() ? herd : Herds.restartedAt(herd, restart), sets(sets), "current"))
                .isEqualTo(expected);
    }

    @Test
    void whatAHerdWasGivenIsReadBackFromWhatItBecame() {
        ServerHerd herd = Herds.restartedAt(Herds.herd("h", "A-B"), "once");
        List<StatefulSet> sets = DesiredHerd.of(herd, SETTINGS.withNodeImage("node:1")).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .toList();

        assertThat(DefaultImage.of(herd, sets, "node:2")).isEqualTo("node:1");
    }

    private static List<StatefulSet> sets(String drawn) {
        String[] words = drawn.isEmpty() ? new String[0] : drawn.split(" ");
        return IntStream.range(0, words.length)
                .mapToObj(i -> set(i, words[i].split("@", 2)))
                .toList();
    }

    private static StatefulSet set(int number, String[] imageAndRestart) {
        ServerHerd herd = Herds.herd("h", "S" + number);
        ServerHerd named = imageAndRestart[0].equals("none") ? Herds.with(herd, "image", "named") : herd;
        ServerHerd asked = imageAndRestart[1].isEmpty() ? named : Herds.restartedAt(named, imageAndRestart[1]);
        return DesiredHerd.of(asked, SETTINGS.withNodeImage(imageAndRestart[0])).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
