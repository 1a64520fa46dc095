package io.serverherd.node.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslProvider;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.config.HerdConfigParser;
import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.config.LivePlacesKey;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.data.DataStatus;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.places.PlacesClient;
import io.serverherd.node.places.PlacesQuery;
import io.serverherd.node.places.RequestBudget;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.PeerCredentialsParser;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TlsFiles;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00.500Z"), ZoneOffset.UTC);
    private final Counters counters = new Counters();
    private final LiveConfig config = new LiveConfig(new HerdConfigParser("Alford", false), clock);
    private final LivePlacesKey key = new LivePlacesKey();
    private final MessageLog messages = new MessageLog(clock);
    private final PlacesClient places = new PlacesClient(
            Runnable::run,
            () -> config.state().config().places(),
            key::key,
            () -> PlacesTrust.DEFAULT,
            ProxyRules.NONE,
            RequestBudget.full(System::nanoTime, clock));
    private final LivePeerCredentials credentials =
            new LivePeerCredentials(new PeerCredentialsParser("Alford"), SslProvider.JDK, clock);
    private final LiveClientCredentials clientTls = new LiveClientCredentials(clock);
    private DataStatus data = DataStatus.NOT_KEPT;
    private final NodeMetrics metrics = new NodeMetrics(
            "1.2.3",
            counters,
            places,
            config,
            key,
            new LiveTls(Optional.of(credentials), Optional.of(clientTls)),
            messages,
            () -> data);

    @AfterEach
    void close() {
        messages.close();
    }

    private String text() {
        return new String(metrics.text(), UTF_8);
    }

    @Test
    void everyCounterOfTheLoopIsShownWithItsValueAtTheScrape() throws Exception {
        int value = 1_000_000;
        for (Field counter : Counters.class.getFields()) {
            counter.setLong(counters, value++);
        }

        for (Field counter : Counters.class.getFields()) {
            assertThat(text())
                    .as(counter.getName())
                    .containsPattern("(?m)^serverherd_\\S+ " + counter.getLong(counters) + "\\.0$");
        }
    }

    @Test
    void labelsTellCommandsApart() {
        counters.iamat = 3;
        counters.invalid = 5;

        assertThat(text())
                .contains("\nserverherd_commands_total{command=\"iamat\"} 3.0\n")
                .contains("\nserverherd_commands_total{command=\"invalid\"} 5.0\n")
                .contains("\n# TYPE serverherd_commands_total counter\n")
                .contains("\n# TYPE serverherd_client_connections_open gauge\n");
    }

    @Test
    void placesAreCountedByOutcome() {
        places.nearby(new PlacesQuery("+1+1", "1", 1), answer -> {});

        assertThat(text()).contains("\nserverherd_places_requests_total{outcome=\"no_key\"} 1.0\n");
    }

    @Test
    void aBudgetThatIsUsedUpIsShown() throws Exception {
        config.read(
                new FileContent.Present("{\"places\": {\"endpoint\": \"http://127.0.0.1:1\", \"maxRequestsPerDay\": 1}}"
                        .getBytes(UTF_8)),
                applied -> {});
        assertThat(text())
                .contains("\nserverherd_places_budget_spent 0.0\n")
                .contains("\nserverherd_places_requests_today 0.0\n");

        key.read(new FileContent.Present("key".getBytes(UTF_8)));
        places.nearby(new PlacesQuery("+1+1", "1", 1), answer -> {});

        assertThat(text())
                .contains("\nserverherd_places_budget_spent 1.0\n")
                .contains("\nserverherd_places_requests_today 1.0\n");
    }

    @Test
    void theConfigurationIsShownWithItsHashTimeAndError() {
        assertThat(text()).doesNotContain("\nserverherd_config_loaded_timestamp_seconds ");

        config.read(new FileContent.Present("{}\n".getBytes(UTF_8)), applied -> {});
        config.read(new FileContent.Present("{".getBytes(UTF_8)), applied -> {});

        assertThat(text())
                .contains("serverherd_config_info{hash=\""
                        + "ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356\"} 1.0\n")
                .contains("\nserverherd_config_loaded_timestamp_seconds 1.7672256005E9\n")
                .contains("\nserverherd_config_error 1.0\n")
                .contains("\nserverherd_config_refused_total 1.0\n");
    }

    @Test
    void theKeysStateIsShownAndNotTheKey() {
        key.read(new FileContent.Present("canary".getBytes(UTF_8)));

        assertThat(text()).contains("\nserverherd_places_key_loaded 1.0\n").doesNotContain("canary");
    }

    @Test
    void whoIsRefusedIsCountedByReason() {
        counters.refused(Refusal.NOT_NEIGHBOUR);
        counters.refused(Refusal.NOT_NEIGHBOUR);

        for (Refusal reason : Refusal.values()) {
            String value = reason == Refusal.NOT_NEIGHBOUR ? "2.0" : "0.0";
            assertThat(text())
                    .contains("\nserverherd_peer_refused_total{reason=\"" + reason.label() + "\"} " + value + "\n");
        }
    }

    @Test
    void theCertificateInForceIsShownByItsEnd() {
        assertThat(text())
                .doesNotContain("\nserverherd_peer_certificate_expiry_timestamp_seconds ")
                .contains("\nserverherd_peer_credentials_error 0.0\n");
        TestAuthority authority = TestAuthority.create();
        Instant end = Instant.parse("2026-02-01T00:00:00Z");

        credentials.read(authority
                .leaf(TestAuthority.HERD + "/server/Alford", end.minusSeconds(60), end)
                .files(authority));

        assertThat(text())
                .contains("\nserverherd_peer_certificate_expiry_timestamp_seconds 1.769904E9\n")
                .contains("\nserverherd_peer_credentials_error 0.0\n");

        FileContent missing = new FileContent.Missing();
        credentials.read(new TlsFiles(missing, missing, missing));

        assertThat(text())
                .contains("\nserverherd_peer_certificate_expiry_timestamp_seconds 1.769904E9\n")
                .contains("\nserverherd_peer_credentials_error 1.0\n");
    }

    @Test
    void clientsThatAreNotLetInAreCountedByWhyAndTheCertificateTheySeeIsShown() {
        for (Refusal reason : Refusal.OF_CLIENTS) {
            assertThat(text()).contains("\nserverherd_clients_refused_total{reason=\"" + reason.label() + "\"} 0.0\n");
            counters.clientRefused(reason);
            assertThat(text()).contains("\nserverherd_clients_refused_total{reason=\"" + reason.label() + "\"} 1.0\n");
        }
        assertThat(text()).doesNotContain("serverherd_client_certificate_expiry_timestamp_seconds ");
        Instant end = Instant.parse("2026-02-01T00:00:00Z");

        clientTls.read(
                TestAuthority.create().leaf("", end.minusSeconds(60), end).clientFiles());

        assertThat(text())
                .contains("\nserverherd_client_certificate_expiry_timestamp_seconds 1.769904E9\n")
                .contains("\nserverherd_client_credentials_error 0.0\n");
    }

    @Test
    void whatIsSaidOfTlsWithClientsIsSaidOnlyWhereThereIsSome() {
        NodeMetrics plain = new NodeMetrics("1.2.3", counters, places, config, key, LiveTls.NONE, messages, () -> data);

        assertThat(new String(plain.text(), UTF_8)).doesNotContain("serverherd_clients_refused");
    }

    @Test
    void theKeepingOfRecordsIsShown() {
        data = new DataStatus(DataStatus.State.FAILING, "no space", 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(text())
                .contains("\nserverherd_data_error 1.0\n")
                .contains("\nserverherd_data_read_records 1.0\n")
                .contains("\nserverherd_data_damaged_bytes 2.0\n")
                .contains("\nserverherd_data_torn_bytes 3.0\n")
                .contains("\nserverherd_data_written_bytes_total 4.0\n")
                .contains("\nserverherd_data_unwritten_records 5.0\n")
                .contains("\nserverherd_data_rewritten_total 6.0\n")
                .contains("\nserverherd_data_failures_total 7.0\n")
                .contains("\nserverherd_data_late_total 8.0\n")
                .contains("\nserverherd_data_file_bytes 9.0\n");
    }

    @Test
    void theLogsLossesTheVersionAndTheJvmAreShown() {
        assertThat(text())
                .contains("\nserverherd_log_dropped_total{log=\"events\"} ")
                .contains("\nserverherd_log_dropped_total{log=\"messages\"} 0.0\n")
                .contains("\nserverherd_build_info{version=\"1.2.3\"} 1.0\n")
                .contains("\njvm_memory_used_bytes{area=\"heap\"} ");
    }
}
