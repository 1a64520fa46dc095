package io.serverherd.node;

import static io.serverherd.node.TlsHerd.at;
import static io.serverherd.node.tls.TestAuthority.HERD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.SslProvider;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.PeerTls;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import io.serverherd.node.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is not let in at the peer port, nor taken for whom was dialled, and how it is counted; by native TLS and Java's. */
@ParameterizedClass
@EnumSource(
        value = SslProvider.class,
        names = {"OPENSSL", "JDK"})
class PeerRefusalTest {
    private static final String HELLO = "PEER h Alford\n";
    private static final Instant NOW = Instant.now();

    @Parameter
    SslProvider provider;

    private TlsHerd herd;
    private TlsHerd.Server ball;

    /** Waits for Alford, with TLS. */
    @BeforeEach
    void ball() throws IOException {
        assumeTrue(provider == SslProvider.JDK || provider == PeerTls.bestProvider(), "there is no native TLS here");
        herd = new TlsHerd(Transport.EPOLL.orNextBest(), provider);
        herd.start("Ball");
        ball = herd.server("Ball");
        ball.apply(List.of(at("Alford", 1, true)));
    }

    @AfterEach
    void end() {
        if (herd != null) {
            herd.end();
        }
    }

    /** What is shown by one who says it is Alford. */
    private enum Shown {
        NO_CERTIFICATE(Refusal.NO_CERTIFICATE, authority -> null),
        SELF_SIGNED(Refusal.UNTRUSTED, authority -> TestAuthority.selfSigned("Alford")),
        OTHER_CA(Refusal.UNTRUSTED, authority -> TestAuthority.create().leaf("Alford")),
        OTHER_CA_AND_EXPIRED(Refusal.UNTRUSTED, authority -> TestAuthority.create()
                .leaf(HERD + "/server/Alford", NOW.minusSeconds(7_200), NOW.minusSeconds(3_600))),
        EXPIRED(
                Refusal.EXPIRED,
                authority -> authority.leaf(HERD + "/server/Alford", NOW.minusSeconds(7_200), NOW.minusSeconds(2))),
        NOT_YET_VALID(
                Refusal.NOT_YET_VALID,
                authority -> authority.leaf(HERD + "/server/Alford", NOW.plusSeconds(600), NOW.plusSeconds(7_200))),
        OTHER_SERVER(Refusal.WRONG_HERD, authority -> authority.leaf("Aaa")),
        OTHER_HERD(
                Refusal.WRONG_HERD,
                authority -> authority.leafOf("spiffe://cluster.local/ns/default/herd/other/server/Alford")),
        OTHER_NAMESPACE(
                Refusal.WRONG_HERD,
                authority -> authority.leafOf("spiffe://cluster.local/ns/other/herd/test/server/Alford")),
        NO_IDENTITY(Refusal.WRONG_HERD, authority -> authority.leafOf(null)),
        NO_SERVER(Refusal.WRONG_HERD, authority -> authority.leafOf("spiffe://cluster.local/ns/default/sa/Alford"));

        final Refusal reason;
        final Function<TestAuthority, TestLeaf> leaf;

        Shown(Refusal reason, Function<TestAuthority, TestLeaf> leaf) {
            this.reason = reason;
            this.leaf = leaf;
        }
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void aStrangerReadsNothingAndIsCountedByWhatIsWrongWithIt(Shown shown) throws Exception {
        ball.says("IAMAT kiwi +1+1 5");

        try (TlsStranger alford = new TlsStranger(ball.peerPort(), shown.leaf.apply(herd.authority))) {
            assertThat(alford.says(HELLO + "AT Alford +0.1 plum +1+1 5\n")).isEmpty();
        }

        await().untilAsserted(() -> assertThat(ball.refused(shown.reason)).isEqualTo(1));
        assertThat(ball.refused()).isEqualTo(1);
        assertThat(ball.says("WHATSAT plum 1 1")).startsWith("?");
        assertThat(ball.counters.linksOpened).isZero();
    }

    @Test
    void whoShowsWhatItShouldIsLetIn() throws Exception {
        try (TlsStranger alford = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            alford.send(HELLO);
            assertThat(alford.hears("PEER h Ball\n".length())).isEqualTo("PEER h Ball\n");
            alford.send("AT Alford +0.1 plum +1+1 5\n");

            await().until(() -> ball.says("WHATSAT plum 1 1"), "AT Alford +0.1 plum +1+1 5"::equals);
        }
        assertThat(ball.refused()).isZero();
    }

    @Test
    void aSessionThatIsTakenUpAgainIsCheckedAsWell() throws Exception {
        try (TlsStranger alford = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            alford.send(HELLO);
            alford.hears("PEER h Ball\n".length());
            try (TlsStranger again = alford.again()) {
                again.send(HELLO);
                again.hears("PEER h Ball\n".length());
                assertThat(again.sessionBegan()).as("taken up again").isEqualTo(alford.sessionBegan());
            }
            assertThat(ball.refused()).isZero();

            ball.clockIsAheadBy(Duration.ofDays(40));
            try (TlsStranger later = alford.again()) {
                assertThat(later.says(HELLO)).isEmpty();
                assertThat(later.sessionBegan()).as("taken up again").isEqualTo(alford.sessionBegan());
            }
        }

        await().until(() -> ball.refused(Refusal.EXPIRED) == 1);
    }

    @Test
    void aServerOfTheHerdThatIsNoNeighbourIsClosedWithinTwoSeconds() throws Exception {
        try (TlsStranger aaa = new TlsStranger(ball.peerPort(), herd.authority.leaf("Aaa"))) {
            long begin = System.nanoTime();
            assertThat(aaa.says("PEER h Aaa\n")).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3_500));
        }

        assertThat(ball.refused(Refusal.NOT_NEIGHBOUR)).isEqualTo(1);
    }

    @Test
    void aServerThatIsRemovedIsClosedAtOnceAndRefusedFromThenOn() throws Exception {
        herd.start("Alford");
        herd.link("Alford", "Ball", true);
        herd.apply();
        herd.awaitLinks();

        ball.apply(List.of(at("Welsh", 1, true)));

        await().atMost(Duration.ofSeconds(2)).until(() -> ball.counters.linksUp == 0);
        // It goes on dialling, as one that has not heard of it yet, or does not want to.
        await().until(() -> ball.refused(Refusal.NOT_NEIGHBOUR) >= 2);
        assertThat(ball.counters.linksUp).isZero();
        assertThat(ball.counters.linksOpened).isEqualTo(1);
        assertThat(ball.refused()).isEqualTo(ball.refused(Refusal.NOT_NEIGHBOUR));
    }

    @Test
    void plainIsRefusedByTheFirstByteWhereEveryEdgeRequiresTls() throws Exception {
        try (LineClient plain = new LineClient(ball.node.peerAddress())) {
            plain.send("P");

            assertThat(plain.rest()).isEmpty();
        }

        assertThat(ball.refused(Refusal.PLAIN)).isEqualTo(1);
    }

    @Test
    void plainIsRefusedByItsHelloWhereAnotherEdgeGoesWithoutTls() throws Exception {
        ball.apply(List.of(at("Aaa", 1, false), at("Alford", 1, true)));

        try (LineClient alford = new LineClient(ball.node.peerAddress());
                LineClient aaa = new LineClient(ball.node.peerAddress())) {
            alford.send(HELLO);
            assertThat(alford.rest()).isEmpty();
            assertThat(ball.refused(Refusal.PLAIN)).isEqualTo(1);

            aaa.send("PEER h Aaa\n");
            assertThat(aaa.line()).isEqualTo("PEER h Ball");
            assertThat(ball.peer("Aaa").tls()).isFalse();
        }
    }

    @Test
    void aClientPortKnowsNoPeers() throws Exception {
        assertThat(ball.says("PEER h Alford")).isEqualTo("? PEER h Alford");

        assertThat(ball.counters.invalid).isEqualTo(1);
    }

    @Test
    void olderTlsIsRefused() throws Exception {
        try (TlsStranger old = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"), "TLSv1.2")) {
            assertThat(old.says(HELLO)).isEmpty();
        }

        await().until(() -> ball.refused(Refusal.PROTOCOL) == 1);
    }

    @Test
    void aHandshakeThatNeverEndsIsClosedAfterFiveSeconds() throws Exception {
        try (LineClient stranger = new LineClient(ball.node.peerAddress())) {
            long begin = System.nanoTime();
            // The head of a record that does not come.
            stranger.send("\u0016\u0003\u0001\u0002\u0000");
            // TLS' own words that it ends, at most.
            assertThat(stranger.rest()).matches("(?s)(\\x15\\x03\\x03\\x00\\x02..)*");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_500));
        }

        assertThat(ball.refused(Refusal.HANDSHAKE_TIMEOUT)).isEqualTo(1);
        assertThat(ball.refused()).isEqualTo(1);
    }

    @Test
    void whoComesBeyondTheCapIsClosedAndCounted() throws Exception {
        List<LineClient> silent = new ArrayList<>();
        try {
            // One neighbour, and as many that nobody knows yet.
            for (int i = 0; i <= 128; i++) {
                silent.add(new LineClient(ball.node.peerAddress()));
            }
            try (LineClient beyond = new LineClient(ball.node.peerAddress())) {
                assertThat(beyond.rest()).isEmpty();
            }
            assertThat(ball.refused(Refusal.TOO_MANY)).isEqualTo(1);
        } finally {
            for (LineClient one : silent) {
                one.close();
            }
        }
    }

    @Test
    void aStrangerHoldsUpNoServerThatStops() throws Exception {
        try (LineClient silent = new LineClient(ball.node.peerAddress());
                LineClient slow = new LineClient(ball.node.peerAddress());
                LineClient last = new LineClient(ball.node.peerAddress())) {
            slow.send("\u0016\u0003\u0001\u0002\u0000");
            last.send("P");
            assertThat(last.rest()).isEmpty();

            long begin = System.nanoTime();
            ball.node.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);

            // Their five seconds are not over.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void aDialThatIsNotAnsweredWithTlsIsGivenUpAfterFiveSeconds() throws Exception {
        try (ServerSocket zed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            zed.setSoTimeout(10_000);
            ball.apply(List.of(at("Zed", zed.getLocalPort(), true)));

            try (Socket socket = zed.accept()) {
                socket.setSoTimeout(10_000);
                String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

                assertThat(all).startsWith("\u0016").doesNotContain("PEER");
            }
            await().until(() -> ball.refused(Refusal.HANDSHAKE_TIMEOUT) == 1);
        }
    }

    @Test
    void whoIsDialledMustBeWhoItIsTakenFor() throws Exception {
        herd.start("Alford", "Welsh");
        TlsHerd.Server alford = herd.server("Alford");
        TlsHerd.Server welsh = herd.server("Welsh");
        welsh.apply(List.of(at("Alford", 1, true)));

        // The address of another server of the herd, as after a mistake with names, or an attack on them.
        alford.apply(List.of(at("Ball", welsh.peerPort(), true)));

        await().until(() -> alford.refused(Refusal.WRONG_HERD) >= 2);
        assertThat(alford.connected("Ball")).isFalse();
        assertThat(welsh.counters.linksOpened).isZero();
    }

    @Test
    void aServerWithoutCredentialsNeitherDialsNorAnswersWithTlsUntilItHasSome() throws Exception {
        FileContent missing = new FileContent.Missing();
        herd.start("Alford", new TlsFiles(missing, missing, missing));
        TlsHerd.Server alford = herd.server("Alford");
        herd.link("Alford", "Ball", true);
        herd.apply();
        await().until(() -> alford.refused(Refusal.NO_CREDENTIALS) >= 2);
        try (TlsStranger stranger = new TlsStranger(alford.peerPort(), herd.authority.leaf("Aaa"))) {
            assertThat(stranger.says("PEER h Aaa\n")).isEmpty();
        }

        alford.rotate(herd.authority.leaf("Alford").files(herd.authority));

        await().until(() -> ball.connected("Alford"));
    }

    @Test
    void aCaThatHasExpiredIsTrustedNoMoreUntilItIsRenewed() throws Exception {
        TestAuthority expired = herd.authority.renewed(NOW.minusSeconds(7_200), NOW.minusSeconds(600));
        ball.rotate(herd.authority.leaf("Ball").files(expired));
        try (TlsStranger alford = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            assertThat(alford.says(HELLO)).isEmpty();
            await().until(() -> ball.refused(Refusal.EXPIRED) == 1);
        }

        ball.rotate(herd.authority.leaf("Ball").files(expired, herd.authority));

        try (TlsStranger alford = new TlsStranger(ball.peerPort(), herd.authority.leaf("Alford"))) {
            alford.send(HELLO);
            assertThat(alford.hears("PEER h Ball".length())).isEqualTo("PEER h Ball");
        }
    }
}
