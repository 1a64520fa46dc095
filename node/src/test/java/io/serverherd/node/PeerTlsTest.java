package io.serverherd.node;

import static io.serverherd.node.TlsHerd.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Links with TLS between whole servers over real sockets, and certificates that change, on each transport. */
@ParameterizedClass
@EnumSource(Transport.class)
class PeerTlsTest {
    private static final String HELLO = "PEER h Alford\n";

    @Parameter
    Transport transport;

    private TlsHerd herd;

    @BeforeEach
    void begin() {
        assumeTrue(transport.isAvailable(), transport + " is not available here");
        herd = new TlsHerd(transport);
    }

    @AfterEach
    void end() {
        if (herd != null) {
            herd.end();
        }
    }

    @Test
    void aLinkWithTlsCarriesRecordsBothWays() throws Exception {
        herd.linked(true);
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");

        String atAlford = alford.says("IAMAT kiwi +1+1 5");
        String atBall = ball.says("IAMAT plum +1+1 5");

        await().until(() -> ball.says("WHATSAT kiwi 1 1"), atAlford::equals);
        await().until(() -> alford.says("WHATSAT plum 1 1"), atBall::equals);
        assertThat(alford.peer("Ball").tls()).isTrue();
        assertThat(ball.peer("Alford").tls()).isTrue();
        assertThat(ball.refused()).isZero();
    }

    /** A leaf begins an hour before it is made, as the operator makes it. */
    @Test
    void clocksThatAreTwentyMinutesApartBreakNoLink() throws Exception {
        herd.start("Alford", "Ball");
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");
        alford.clockIsAheadBy(Duration.ofMinutes(10));
        ball.clockIsAheadBy(Duration.ofMinutes(-10));

        herd.link("Alford", "Ball", true);
        herd.apply();

        herd.awaitLinks();
        assertThat(alford.refused() + ball.refused()).isZero();
    }

    @Test
    void whatSeveralBusyLinksCarryIsNotMixedUp() throws Exception {
        herd.start("Alford", "Ball", "Hamilton", "Holiday", "Welsh");
        herd.link("Alford", "Hamilton", true);
        herd.link("Alford", "Welsh", true);
        herd.link("Ball", "Welsh", false);
        herd.link("Ball", "Holiday", true);
        herd.link("Hamilton", "Holiday", false);
        herd.apply();
        herd.awaitLinks();

        TlsHerd.Server.burst(herd.servers.values());

        herd.assertAllAgree(500);
        for (TlsHerd.Server server : herd.servers.values()) {
            assertThat(server.counters.peerLinesUnknown + server.counters.recordsRefusedMalformed)
                    .as(server.name)
                    .isZero();
            assertThat(server.counters.linksLost).as(server.name).isZero();
        }
    }

    @Test
    void aRecordIsNotInClearOnTheWire() throws Exception {
        herd.start("Alford", "Ball");
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");
        try (Relay relay = new Relay(ball.peerPort())) {
            alford.apply(List.of(at("Ball", relay.port(), true)));
            ball.apply(List.of(at("Alford", 1, true)));
            await().until(() -> ball.connected("Alford"));

            String report = alford.says("IAMAT secretive +34.068930-118.445127 1479413884");
            await().until(() -> ball.says("WHATSAT secretive 1 1"), report::equals);

            assertThat(relay.heard()).isNotEmpty().doesNotContain("secretive", "+34.068930", "PEER", "DIGEST");
        }
    }

    @Test
    void withoutTlsTheSameRecordIsSeen() throws Exception {
        herd.start("Alford", "Ball");
        try (Relay relay = new Relay(herd.server("Ball").peerPort())) {
            herd.server("Alford").apply(List.of(at("Ball", relay.port(), false)));
            herd.server("Ball").apply(List.of(at("Alford", 1, false)));
            await().until(() -> herd.server("Ball").connected("Alford"));

            herd.server("Alford").says("IAMAT secretive +34.068930-118.445127 1479413884");

            await().until(() -> relay.heard().contains("secretive +34.068930-118.445127"));
        }
    }

    @Test
    void newFilesAreUsedByTheNextHandshakeAndLinksStay() throws Exception {
        herd.linked(true);
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");
        Instant since = ball.peer("Alford").since();
        TestLeaf next = herd.authority.leaf("Ball");

        Traffic traffic = new Traffic(alford);
        ball.rotate(next.files(herd.authority));
        alford.rotate(herd.authority.leaf("Alford").files(herd.authority));
        int reported = traffic.end();

        herd.assertAllAgree(reported);
        assertThat(ball.peer("Alford").since()).isEqualTo(since);
        try (TlsStranger stranger = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            assertThat(stranger.serverCertificate()).isEqualTo(next.certificate());
        }
    }

    @Test
    void whileACaIsReplacedBothAreTrusted() throws Exception {
        TestAuthority next = TestAuthority.create();
        herd.start("Alford", "Ball");
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server ball = herd.server("Ball");
        alford.rotate(herd.authority.leaf("Alford").files(herd.authority, next));
        ball.rotate(next.leaf("Ball").files(next, herd.authority));
        herd.link("Alford", "Ball", true);
        herd.apply();
        herd.awaitLinks();
        Instant since = ball.peer("Alford").since();

        // Ball trusts the old one no more before Alford has a certificate of the new one: the link stands.
        ball.rotate(next.leaf("Ball").files(next));
        alford.says("IAMAT kiwi +1+1 5");
        herd.assertAllAgree(1);
        assertThat(ball.peer("Alford").since()).isEqualTo(since);

        // A new one is refused.
        ball.apply(List.of());
        herd.apply();
        await().until(() -> ball.refused(Refusal.UNTRUSTED) > 0);
        assertThat(ball.connected("Alford")).isFalse();

        alford.rotate(next.leaf("Alford").files(next));
        herd.awaitLinks();
    }

    @Test
    void whoSpeaksTlsIsCheckedAlsoWhereItNeedNotBe() throws Exception {
        herd.start("Ball");
        TlsHerd.Server ball = herd.server("Ball");
        ball.apply(List.of(at("Alford", 1, false)));

        try (TlsStranger other =
                new TlsStranger(ball.peerPort(), TestAuthority.create().leaf("Alford"))) {
            assertThat(other.says(HELLO)).isEmpty();
            await().until(() -> ball.refused(Refusal.UNTRUSTED) == 1);
        }
        try (TlsStranger alford = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            alford.send(HELLO);
            assertThat(alford.hears("PEER h Ball\n".length())).isEqualTo("PEER h Ball\n");
            await().until(() -> ball.peer("Alford").tls());
        }
    }
}
