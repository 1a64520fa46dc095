package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.Records;
import io.serverherd.operator.desired.CredentialHashes;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.NodeStatus;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerRewirerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DesiredHerd desired = DesiredHerd.of(Herds.herd("h", "A"), Herds.SETTINGS);
    private final DesiredServer server = desired.servers().get(0);
    private final PeerRewirer rewirer = new PeerRewirer(Clock.fixed(NOON, ZoneOffset.UTC));

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
        assertThat(rewirer.needsNudge(server, observed(state))).isEqualTo(touched);
    }

    @Test
    void aPodThatWasTouchedForThisConfigurationIsGivenTime() {
        ObservedServer behind = observed("new#");
        Instant justNow = NOON.minusSeconds(1);

        assertThat(rewirer.needsNudge(server, touched(server.configHash(), justNow, behind)))
                .isFalse();
        assertThat(rewirer.needsNudge(server, touched("one before", justNow, behind)))
                .isTrue();
    }

    @Test
    void aPodThatStaysBehindIsTouchedAgain() {
        ObservedServer behind = observed("new#");
        Instant longAgo = NOON.minus(PeerRewirer.PATIENCE).minusSeconds(1);

        assertThat(rewirer.needsNudge(server, touched(server.configHash(), longAgo, behind)))
                .isTrue();
        assertThat(rewirer.needsNudge(server, touched(server.configHash(), longAgo, observed("new"))))
                .isFalse();
    }

    @Test
    void aPodIsTouchedUntilItHasTheNewestCertificateOrSaysWhyNot() {
        String end = "2026-01-31T12:00:00Z";
        DesiredServer renewed = Records.with(server, "certificateEnds", Optional.of(Instant.parse(end)));
        Instant longAgo = NOON.minus(PeerRewirer.PATIENCE).minusSeconds(1);

        assertThat(rewirer.needsNudge(renewed, showing("2026-01-11T12:00:00Z", null)))
                .isTrue();
        assertThat(rewirer.needsNudge(renewed, showing(end, null))).isFalse();
        assertThat(rewirer.needsNudge(
                        renewed, touched(renewed.filesHash(), longAgo, showing("2026-01-11T12:00:00Z", null))))
                .isTrue();
        ObservedServer refusing = showing("2026-01-11T12:00:00Z", "ca.crt: is missing");
        assertThat(rewirer.needsNudge(renewed, touched(renewed.filesHash(), longAgo, refusing)))
                .isFalse();
        assertThat(rewirer.needsNudge(renewed, touched("one before", longAgo, refusing)))
                .isTrue();
    }

    @Test
    void aCertificateThatCouldNotBeStoredIsNotWaitedFor() {
        CredentialHashes hashes = new CredentialHashes("newest", "hash");
        DesiredServer renewed = Records.with(server, "credentials", Optional.of(hashes));

        assertThat(rewirer.needsNudge(renewed, showing("", null))).isTrue();
        assertThat(rewirer.needsNudge(renewed.withStored(Optional.of(hashes)), showing("", null)))
                .isTrue();
        CredentialHashes before = new CredentialHashes("hash", "hash");
        assertThat(rewirer.needsNudge(renewed.withStored(Optional.of(before)), showing("", null)))
                .isFalse();
        assertThat(rewirer.needsNudge(renewed.withStored(Optional.empty()), showing("", null)))
                .isFalse();
    }

    private ObservedServer showing(String end, String problem) {
        ObservedServer is = observed("new");
        NodeStatus.PeerTls shown = new NodeStatus.PeerTls("hash", "hash", end, problem);
        return new ObservedServer(is.set(), is.pod(), is.node().map(says -> Records.with(says, "peerTls", shown)));
    }

    private ObservedServer observed(String state) {
        return DrawnHerd.observe(desired, "A=" + state, "").server(server);
    }

    private static ObservedServer touched(String hash, Instant at, ObservedServer is) {
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
                        Optional.of(new ObservedPod.Touch(hash, at)),
                        pod.trouble())),
                is.node());
    }
}
