package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.config.Limits;
import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.ClientTlsFiles;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TestLeaf;
import io.serverherd.node.tls.TrustingTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who is let in at a client port with TLS, and who is not. */
class ClientTlsTest {
    private static final String REPORT = "IAMAT kiwi +1+1 5";
    private static final String REPLY = "AT Alford [+-]\\d+\\.\\d{9} kiwi \\+1\\+1 5";
    private static final TestAuthority SERVERS = TestAuthority.create();
    private static final TestAuthority CLIENTS = TestAuthority.create();
    private static final FileContent MISSING = new FileContent.Missing();

    /** How far the server's clock is ahead. */
    private volatile Duration ahead = Duration.ZERO;

    private final LiveClientCredentials credentials =
            new LiveClientCredentials(() -> Instant.now().plus(ahead));
    private final TestLeaf leaf = SERVERS.leafOf("127.0.0.1");
    private ServerUnderTest server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerUnderTest(
                Transport.EPOLL.orNextBest(),
                "Alford",
                ServerUnderTest.ANY_PORT,
                new LiveTls(Optional.empty(), Optional.of(credentials)));
        credentials.read(leaf.clientFiles());
    }

    @AfterEach
    void end() {
        server.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientIsAnsweredAndShownTheCertificate(String protocol) throws IOException {
        try (LineClient client = connect(anyone(), protocol)) {
            assertThat(client.handshake()).isEqualTo(leaf.certificate());
            assertThat(client.ask(REPORT)).matches(REPLY);
            assertThat(client.ask("WHATSAT kiwi 10 1")).matches(REPLY);
        }
        assertThat(refused()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAMAT kiwi +1+1 5\n", "x", "\n"})
    void whatIsSaidWithoutTlsIsNotLookedAt(String text) throws IOException {
        try (LineClient client = new LineClient(server.node.clientAddress())) {
            client.send(text);

            assertUnanswered(client);
        }
        assertRefused(Refusal.PLAIN);
    }

    @Test
    void aClientThatSaysNothingOrHalfOfItsHelloIsClosedAfterFiveSeconds() throws IOException {
        Instant begin = Instant.now();
        try (LineClient silent = new LineClient(server.node.clientAddress());
                LineClient slow = new LineClient(server.node.clientAddress())) {
            slow.sendBelowTls(new byte[] {0x16, 3, 1, 1, 0, 1});

            assertThat(silent.rest()).isEmpty();
            assertThat(slow.rest()).isEmpty();
        }
        assertThat(Duration.between(begin, Instant.now()).toMillis()).isBetween(4_900L, 8_000L);
        assertThat(server.counters.clientsRefused(Refusal.HANDSHAKE_TIMEOUT)).isEqualTo(2);
        assertThat(refused()).isEqualTo(2);
    }

    @Test
    void handshakesThatDoNotEndMakeRoomForOthers() throws IOException {
        server.limits(new Limits(16_384, 10_000, 10_000, 10, 86_400));
        List<LineClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 512; i++) {
                silent.add(new LineClient(server.node.clientAddress()));
            }
            await().until(() -> server.counters.clientsOpen == 512);

            try (LineClient client = connect(anyone())) {
                assertThat(client.ask("x")).isEqualTo("? x");
            }
            assertThat(silent.get(0).rest()).isEmpty();
            assertThat(server.counters.clientsRefused(Refusal.TOO_MANY)).isEqualTo(1);
        } finally {
            for (LineClient one : silent) {
                one.close();
            }
        }
    }

    @Test
    void aClientThatGoesBeforeItsHandshakeIsForgottenAtOnce() throws IOException {
        try (LineClient client = new LineClient(server.node.clientAddress())) {
            await().until(() -> server.counters.clientsOpen == 1);
            client.endInput();

            await().atMost(2, TimeUnit.SECONDS).until(() -> server.counters.clientsOpen == 0);
        }
        assertThat(refused()).isZero();
    }

    @Test
    void anOlderTlsIsRefused() throws IOException {
        byte[] helloOfTls11 = new byte[50];
        byte[] begin = {0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
        System.arraycopy(begin, 0, helloOfTls11, 0, begin.length);
        // After 32 bytes at random no session, one cipher, which TLS 1.2 knows too, and no compression.
        byte[] end = {0, 0, 2, (byte) 0xc0, 0x13, 1, 0};
        System.arraycopy(end, 0, helloOfTls11, 43, end.length);
        try (LineClient client = new LineClient(server.node.clientAddress())) {
            client.sendBelowTls(helloOfTls11);

            // An alert: the version.
            assertThat(client.rest()).startsWith("\u0015").hasSize(7).endsWith("\u0002\u0046");
        }
        assertRefused(Refusal.PROTOCOL);
    }

    @Test
    void nobodyIsLetInUntilThereIsACertificate() throws IOException {
        server.end();
        LiveClientCredentials later = new LiveClientCredentials(Instant::now);
        later.read(new ClientTlsFiles(MISSING, MISSING, Optional.empty()));
        server = new ServerUnderTest(
                Transport.EPOLL.orNextBest(),
                "Alford",
                ServerUnderTest.ANY_PORT,
                new LiveTls(Optional.empty(), Optional.of(later)));

        try (LineClient plain = new LineClient(server.node.clientAddress())) {
            assertUnanswered(plain);
        }
        assertRefused(Refusal.NO_CREDENTIALS);
        assertThat(server.counters.clientsRefused).isEqualTo(1);

        later.read(leaf.clientFiles());
        try (LineClient client = connect(anyone())) {
            assertThat(client.ask("x")).isEqualTo("? x");
        }
    }

    @Test
    void aNewCertificateIsShownToNewClientsAndTheOthersStay() throws IOException {
        try (LineClient old = connect(anyone())) {
            assertThat(old.handshake()).isEqualTo(leaf.certificate());
            TestLeaf next = SERVERS.leafOf("127.0.0.1");
            credentials.read(next.clientFiles());

            try (LineClient client = connect(anyone())) {
                assertThat(client.handshake()).isEqualTo(next.certificate());
            }
            assertThat(old.ask("x")).isEqualTo("? x");

            credentials.read(new ClientTlsFiles(
                    next.clientFiles().certificate(), leaf.clientFiles().key(), Optional.empty()));
            assertThat(credentials.state().problem())
                    .startsWith("tls.key: is not the key of the certificate in tls.crt; keeping the certificate that");
            try (LineClient client = connect(anyone())) {
                assertThat(client.handshake()).isEqualTo(next.certificate());
            }
        }
    }

    @Test
    void aClientOfTheRightCaIsLetInWhateverItsName() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));

        for (TestLeaf known : new TestLeaf[] {CLIENTS.leaf("Ball"), CLIENTS.leafOf(null)}) {
            for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                try (LineClient client = connect(TrustingTls.showing(known), protocol)) {
                    assertThat(client.ask(REPORT)).matches(REPLY);
                }
            }
        }
        assertThat(refused()).isZero();
    }

    @Test
    void aClientWithoutACertificateIsRefused() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));

        assertShutOut(null, Refusal.NO_CERTIFICATE);
    }

    @Test
    void aClientOfAnotherCaIsRefused() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));

        assertShutOut(SERVERS.leaf("Alford"), Refusal.UNTRUSTED);
    }

    @Test
    void aWebServersCertificateLetsNoClientIn() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));

        assertShutOut(CLIENTS.leafFor("Ball", KeyPurposeId.id_kp_serverAuth), Refusal.UNTRUSTED);
    }

    @Test
    void aClientThatHasSignedItselfIsRefused() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));

        assertShutOut(TestAuthority.selfSigned("Alford"), Refusal.UNTRUSTED);
    }

    @Test
    void aClientWhoseCertificateHasExpiredIsRefused() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));
        Instant now = Instant.now();

        assertShutOut(CLIENTS.leaf("", now.minusSeconds(7_200), now.minusSeconds(60)), Refusal.EXPIRED);
    }

    @Test
    void aClientWhoseCertificateIsNotValidYetIsRefused() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));
        Instant now = Instant.now();

        assertShutOut(CLIENTS.leaf("", now.plusSeconds(60), now.plusSeconds(7_200)), Refusal.NOT_YET_VALID);
    }

    @Test
    void clientsOfACaThatIsTakenAwayAreRefusedEvenWithASessionOfBefore() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));
        SSLContext known = TrustingTls.showing(CLIENTS.leaf("Ball"));
        try (LineClient client = connect(known)) {
            assertThat(client.ask("x")).isEqualTo("? x");
        }

        credentials.read(leaf.clientFiles(SERVERS));

        try (LineClient client = connect(known)) {
            assertUnanswered(client);
        }
        assertRefused(Refusal.UNTRUSTED);
    }

    @Test
    void aSessionThatIsTakenUpAgainAfterItsCertificateHasExpiredIsRefusedWithAllItSays() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));
        SSLContext known = TrustingTls.showing(CLIENTS.leaf("Ball"));
        try (LineClient client = connect(known)) {
            assertThat(client.ask("x")).isEqualTo("? x");
        }

        Instant before = Instant.now();
        ahead = Duration.ofDays(40);

        // Its first line comes with the end of the handshake.
        InetSocketAddress address = server.node.clientAddress();
        try (CorkedSocket below = new CorkedSocket(address);
                SSLSocket client = (SSLSocket) known.getSocketFactory()
                        .createSocket(below, address.getHostString(), address.getPort(), true)) {
            assertThat(Instant.ofEpochMilli(client.getSession().getCreationTime()))
                    .as("taken up again")
                    .isBefore(before);
            client.getOutputStream().write((REPORT + "\n").getBytes(StandardCharsets.US_ASCII));
            below.uncork();

            assertThat(client.getInputStream().read()).isNegative();
        } catch (SSLException | SocketException e) {
            // To be refused is one way to be closed.
        }
        assertRefused(Refusal.EXPIRED);
    }

    @Test
    void aStrangerDoesNotDecideHowLongTheLogIs() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger log = (Logger) LoggerFactory.getLogger("io.serverherd.node.net.ClientHandshakes");
        log.addAppender(logged);
        try (LineClient stranger = new LineClient(server.node.clientAddress())) {
            byte[] noRecord = new byte[10_000];
            noRecord[0] = 0x16;
            stranger.sendBelowTls(noRecord);

            assertThat(stranger.rest()).hasSizeLessThan(20);
            assertRefused(Refusal.PROTOCOL);
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list).hasSize(1);
        assertThat(logged.list.get(0).getKeyValuePairs())
                .allSatisfy(pair -> assertThat(pair.value.toString()).hasSizeLessThan(100));
    }

    @Test
    void withoutTheCasOfClientsNobodyIsLetIn() throws IOException {
        ClientTlsFiles all = leaf.clientFiles(CLIENTS);
        credentials.read(all);

        credentials.read(new ClientTlsFiles(all.certificate(), all.key(), Optional.of(MISSING)));

        assertThat(credentials.state().problem())
                .isEqualTo("ca.crt: missing in HERD_CLIENT_CA_DIR;"
                        + " no client is let in until the files are there and right");
        assertShutOut(CLIENTS.leaf("Ball"), Refusal.NO_CREDENTIALS);

        credentials.read(all);
        FileContent broken = new FileContent.Present("no certificate".getBytes());
        credentials.read(new ClientTlsFiles(all.certificate(), all.key(), Optional.of(broken)));
        assertThat(credentials.state().problem())
                .startsWith("ca.crt: ")
                .contains("; keeping the certificate that ends");
        try (LineClient client = connect(TrustingTls.showing(CLIENTS.leaf("Ball")))) {
            assertThat(client.ask("x")).isEqualTo("? x");
        }
    }

    @Test
    void aHandshakeIsNoWayRoundTheLimitOfAnAddress() throws IOException {
        server.limits(new Limits(16_384, 10, 1, 10, 86_400));
        try (LineClient silent = new LineClient(server.node.clientAddress())) {
            await().until(() -> server.counters.clientsOpen == 1);

            try (LineClient two = connect(anyone())) {
                assertUnanswered(two);
            }
            assertThat(server.counters.clientsRefused).isEqualTo(1);
            silent.endInput();
            await().until(() -> server.counters.clientsOpen == 0);
        }
        try (LineClient again = connect(anyone())) {
            assertThat(again.ask("x")).isEqualTo("? x");
        }
    }

    @Test
    void aClientThatSaysAllAtOnceGetsItsReply() throws IOException {
        credentials.read(leaf.clientFiles(CLIENTS));
        for (int i = 0; i < 50; i++) {
            // Its certificate is still looked at when its last byte comes.
            try (LineClient client = connect(TrustingTls.showing(CLIENTS.leaf("Ball")))) {
                client.handshake();
                client.send(REPORT);
                client.endInput();

                assertThat(client.rest()).as("client %d", i).matches(REPLY + "\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aLineThatMayHaveBeenCutOffIsNoLine(String protocol) throws IOException {
        try (LineClient client = connect(anyone(), protocol)) {
            client.send("x\nIAMAT kiwi +1+1 5");
            client.cutOff();

            assertThat(client.rest()).isEqualTo("? x\n");
        }
        assertThat(server.counters.iamat).isZero();
    }

    private static SSLContext anyone() {
        return TrustingTls.showing(null);
    }

    private LineClient connect(SSLContext tls, String... protocols) throws IOException {
        return LineClient.overTls(tls, server.node.clientAddress(), null, protocols);
    }

    private void assertShutOut(TestLeaf shown, Refusal reason) throws IOException {
        try (LineClient client = connect(TrustingTls.showing(shown))) {
            assertUnanswered(client);
        }
        assertRefused(reason);
    }

    private static void assertUnanswered(LineClient client) throws IOException {
        try {
            client.send(REPORT + "\n");
            assertThat(client.rest()).isEmpty();
        } catch (SSLException | SocketException e) {
            // To be refused is one way to be closed. A read that times out is not.
        }
    }

    private void assertRefused(Refusal reason) {
        await().untilAsserted(() -> assertThat(refused()).isEqualTo(1));
        assertThat(server.counters.clientsRefused(reason)).isEqualTo(1);
        assertThat(server.counters.iamat).isZero();
    }

    private long refused() {
        return Arrays.stream(Refusal.values())
                .mapToLong(server.counters::clientsRefused)
                .sum();
    }
}
