package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerRewirerTest {
    private final DesiredHerd desired = DesiredHerd.of(Herds.herd("h", "A"), Herds.SETTINGS);
    private final DesiredServer server = desired.servers().get(0);

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "new,    false", // runs what it should
        "new#,   true", // runs an older one
        "old#,   true", // also when it is soon to be replaced
        "new?,   false", // has not said: it starts, with the newest
        "new#~,  false", // on its way out
        "gone,   false",
        "absent, false",
    })
    void onlyAPodThatRunsAnOlderConfigurationIsTouched(String state, boolean touched) {
        assertThat(PeerRewirer.needsNudge(server, observed(state))).isEqualTo(touched);
    }

    @Test
    void aPodThatWasTouchedForThisConfigurationIsNotTouchedAgain() {
        ObservedServer runsOlder = observed("new#");

        assertThat(PeerRewirer.needsNudge(server, touchedFor(server.configHash(), runsOlder)))
                .isFalse();
        assertThat(PeerRewirer.needsNudge(server, touchedFor("one before", runsOlder)))
                .isTrue();
    }

    private ObservedServer observed(String state) {
        return DrawnHerd.observe(desired, "A=" + state, "").server(server);
    }

    private static ObservedServer touchedFor(String hash, ObservedServer is) {
        ObservedPod pod = is.pod().orElseThrow();
        return new ObservedServer(
                is.set(),
                Optional.of(new ObservedPod(
                        pod.name(),
                        pod.uid(),
                        pod.created(),
                        pod.ip(),
                        pod.ready(),
                        pod.terminating(),
                        pod.revision(),
                        Optional.of(hash),
                        pod.trouble())),
                is.node());
    }
}
