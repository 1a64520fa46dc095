package io.serverherd.node.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.ssl.SslProvider;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.config.HerdConfigParser;
import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.data.DataStatus;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.tls.ClientTlsFiles;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.PeerCredentials;
import io.serverherd.node.tls.PeerCredentialsParser;
import io.serverherd.node.tls.ServerCertificate;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TlsFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final String ONE_NEIGHBOUR =
            "{\"neighbours\": [{\"server\": \"Ball\", \"address\": \"ball:12100\"}]}";
    private static final Instant START = Instant.parse("2026-01-01T12:04:07Z");

    private Instant now = START;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final LiveConfig config = new LiveConfig(new HerdConfigParser("Alford", false), clock);
    private PlacesStatus places = new PlacesStatus("loaded", null, null, false);
    private LiveTls tls = LiveTls.NONE;
    private CompletionStage<HerdSnapshot> snapshot = CompletableFuture.completedFuture(snapshot(false));
    private final HerdProbe herd = new HerdProbe(() -> snapshot);
    private DataStatus data = DataStatus.NOT_KEPT;
    private final ReadinessPage readiness = new ReadinessPage(config, Optional.empty(), herd, clock);

    private static HerdSnapshot alone() {
        return new HerdSnapshot(
                List.of(new HerdSnapshot.Peer("Welsh", false, START, false)), 7, "00112233445566ff", false);
    }

    private static HerdSnapshot snapshot(boolean reconciled) {
        return new HerdSnapshot(
                List.of(
                        new HerdSnapshot.Peer("Ball", true, START, true),
                        new HerdSnapshot.Peer("Welsh", false, START.plusMillis(1), false)),
                7,
                "00112233445566ff",
                reconciled);
    }

    private void read(String herdJson) {
        config.read(new FileContent.Present(herdJson.getBytes(UTF_8)), applied -> {});
    }

    private static void assertAnswer(Page page, int status, String line) throws InterruptedException {
        Page.Answer answer = page.answer();
        assertThat(new String(answer.body(), UTF_8)).isEqualTo(line + "\n");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void aLoopThatTurnsIsAlive() throws Exception {
        assertAnswer(new LivenessPage(Runnable::run), 200, "ok");
    }

    @Test
    void aLoopThatDoesNotTurnIsNotAlive() throws Exception {
        assertAnswer(
                new LivenessPage(task -> {}, Duration.ofMillis(20)), 503, "the event loop did not answer within 20 ms");
    }

    @Test
    void withoutNeighboursAServerIsReadyAtOnce() throws Exception {
        read("{}");

        assertAnswer(readiness, 200, "ok");
    }

    @Test
    void withoutAConfigurationAServerIsNotReadyHoweverLongItWaits() throws Exception {
        config.read(new FileContent.Missing(), applied -> {});
        now = START.plusSeconds(60);

        assertAnswer(
                readiness,
                503,
                "no configuration: herd.json: missing in HERD_CONFIG_DIR; "
                        + "running without neighbours until the file is there and right");
    }

    @Test
    void aServerThatHasCaughtUpWithANeighbourIsReady() throws Exception {
        read(ONE_NEIGHBOUR);
        assertAnswer(readiness, 503, "not reconciled with a neighbour yet");

        snapshot = CompletableFuture.completedFuture(snapshot(true));

        assertAnswer(readiness, 200, "ok");
    }

    @Test
    void aServerWhoseNeighbourAnswersWaitsForItsRecordsButNotForEver() throws Exception {
        read(ONE_NEIGHBOUR);
        now = START.plusMillis(29_999);
        assertAnswer(readiness, 503, "not reconciled with a neighbour yet");

        now = START.plusSeconds(30);

        assertAnswer(readiness, 200, "ok");
    }

    @Test
    void aServerWhoseNeighboursAreAwayIsReadyAfterTwoSeconds() throws Exception {
        read(ONE_NEIGHBOUR);
        snapshot = CompletableFuture.completedFuture(alone());
        now = START.plusMillis(1999);
        assertAnswer(readiness, 503, "not reconciled with a neighbour yet");

        now = START.plusSeconds(2);

        assertAnswer(readiness, 200, "ok");
    }

    @Test
    void aBrokenFileDoesNotEndReadiness() throws Exception {
        read("{}");

        read("{");

        assertAnswer(readiness, 200, "ok");
    }

    @Test
    void aServerThatStopsIsNotReady() throws Exception {
        read("{}");

        readiness.stopping();

        assertAnswer(readiness, 503, "stopping");
    }

    @Test
    void aLoopThatDoesNotAnswerIsNotReadyAndHasNoStatus() throws Exception {
        read(ONE_NEIGHBOUR);
        snapshot = new CompletableFuture<>();

        assertAnswer(readiness, 503, "the event loop does not answer");
        assertAnswer(statusPage(), 503, "the event loop does not answer");
    }

    private StatusPage statusPage() {
        return new StatusPage("five", "Alford", "1.2.3", config, () -> places, tls, herd, () -> data);
    }

    private JsonNode status() throws Exception {
        return new ObjectMapper().readTree(statusPage().answer().body());
    }

    @Test
    void theStatusIsWhatTheOperatorReads() throws Exception {
        read("{}\n");

        assertThat(status()).isEqualTo(new ObjectMapper().readTree("""
                                        {"herd": "five", "server": "Alford", "version": "1.2.3",
                                         "configHash": "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356",
                                         "peers": [
                                           {"server": "Ball", "connected": true, "since": "2026-01-01T12:04:07Z", "tls": true},
                                           {"server": "Welsh", "connected": false, "since": "2026-01-01T12:04:07.001Z", "tls": false}],
                                         "clients": 7, "digest": "00112233445566ff", "placesKey": "loaded",
                                         "data": "memory"}
                                        """));
    }

    @Test
    void theStatusSaysWhatIsWrongWithTheFileUntilItIsMended() throws Exception {
        read("{}");

        read("{\"logMessages\": 1}");
        assertThat(status().path("configError").textValue())
                .isEqualTo("herd.json: logMessages 1: must be true or false; "
                        + "keeping the configuration loaded at 12:04:07");

        read("{}");
        assertThat(status().has("configError")).isFalse();
    }

    @Test
    void theStatusTellsTheCertificateInForceAndWhatIsWrongWithNewerFiles() throws Exception {
        TestAuthority authority = TestAuthority.create();
        TlsFiles files = authority.leaf("Alford").files(authority);
        LivePeerCredentials live = new LivePeerCredentials(new PeerCredentialsParser("Alford"), SslProvider.JDK, clock);
        tls = new LiveTls(Optional.of(live), Optional.empty());
        assertThat(status().path("peerTls")).isEqualTo(new ObjectMapper().createObjectNode());

        live.read(files);
        PeerCredentials inForce = live.state().tls().orElseThrow().credentials();
        assertThat(status().path("peerTls"))
                .isEqualTo(new ObjectMapper()
                        .createObjectNode()
                        .put("certificate", inForce.own().hash())
                        .put("trust", inForce.authoritiesHash())
                        .put("notAfter", inForce.own().notAfter().toString()));

        live.read(new TlsFiles(files.certificate(), new FileContent.Missing(), files.authorities()));
        assertThat(status().path("peerTls").path("certificate").textValue())
                .isEqualTo(inForce.own().hash());
        assertThat(status().path("peerTls").path("problem").textValue())
                .startsWith("tls.key: missing in HERD_TLS_DIR; keeping");
    }

    @Test
    void aServerThatLetsNoClientInIsNotReadyAndSaysWhy() throws Exception {
        read("{}");
        TestAuthority authority = TestAuthority.create();
        ClientTlsFiles files = authority.leaf("Alford").clientFiles(authority);
        LiveClientCredentials live = new LiveClientCredentials(clock);
        tls = new LiveTls(Optional.empty(), Optional.of(live));
        ReadinessPage page = new ReadinessPage(config, tls.clients(), herd, clock);

        live.read(new ClientTlsFiles(new FileContent.Missing(), files.key(), files.authorities()));
        String problem =
                "tls.crt: missing in HERD_CLIENT_TLS_DIR; no client is let in until the files are there and right";
        assertAnswer(page, 503, "no TLS for clients: " + problem);
        assertThat(status().path("clientTls"))
                .isEqualTo(new ObjectMapper().createObjectNode().put("problem", problem));

        live.read(files);
        ServerCertificate inForce = live.state().certificate().orElseThrow();
        assertAnswer(page, 200, "ok");
        assertThat(status().path("clientTls"))
                .isEqualTo(new ObjectMapper()
                        .createObjectNode()
                        .put("certificate", inForce.hash())
                        .put("notAfter", inForce.notAfter().toString()));
    }

    @Test
    void theStatusSaysWhatIsWrongWithTheKeepingOfRecords() throws Exception {
        data = new DataStatus(DataStatus.State.FAILING, "no space", 0, 0, 0, 0, 0, 0, 1, 0, 0);

        assertThat(status().path("data").textValue()).isEqualTo("failing");
        assertThat(status().path("dataError").textValue()).isEqualTo("no space");
    }

    @Test
    void theStatusTellsHowTheAskingOfPlacesStands() throws Exception {
        places = new PlacesStatus("empty", "byte 7 is not printable ASCII", "is missing", true);

        assertThat(status().path("placesKey").textValue()).isEqualTo("empty");
        assertThat(status().path("placesKeyError").textValue()).isEqualTo("byte 7 is not printable ASCII");
        assertThat(status().path("placesCaError").textValue()).isEqualTo("is missing");
        assertThat(status().path("placesBudgetSpent").booleanValue()).isTrue();
    }
}
