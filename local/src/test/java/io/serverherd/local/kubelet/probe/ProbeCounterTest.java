package io.serverherd.local.kubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeCounterTest {

    @ParameterizedTest(name = "success {0}, failure {1}: {2} → {3}")
    @CsvSource({
        "1, 3, ffffs, ..FFS",
        "1, 3, ffsffs, ..S..S",
        "2, 1, sfss, .F.S",
        "0, 0, ffsf, ..S.",
        "3, 2, sssfsff, ..S...F"
    })
    void aVerdictNeedsEnoughEqualResultsInARow(int success, int failure, String results, String verdicts) {
        Probe probe = new ProbeBuilder()
                .withSuccessThreshold(success)
                .withFailureThreshold(failure)
                .build();
        ProbeCounter counter = new ProbeCounter(probe);

        StringBuilder reached = new StringBuilder();
        results.chars().forEach(result -> {
            boolean verdict = counter.count(result == 's');
            reached.append(verdict ? Character.toUpperCase((char) result) : '.');
        });

        assertThat(reached).hasToString(verdicts);
    }
}
