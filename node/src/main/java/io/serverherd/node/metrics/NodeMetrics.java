package io.serverherd.node.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.config.LivePlacesKey;
import io.serverherd.node.data.DataStatus;
import io.serverherd.node.log.EventLog;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.places.Outcome;
import io.serverherd.node.places.PlacesClient;
import io.serverherd.node.tls.LiveCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The metrics of a server, in Prometheus' text format. Values are read at the scrape; nothing is kept here. */
public final class NodeMetrics {
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();

    public NodeMetrics(
            String version,
            Counters counters,
            PlacesClient places,
            LiveConfig config,
            LivePlacesKey placesKey,
            LiveTls tls,
            MessageLog messages,
            Supplier<DataStatus> data) {
        JvmMetrics.builder().register(registry);
        traffic(counters);
        connections(counters);
        places(places, placesKey);
        config(config);
        peerTls(counters, tls);
        clientTls(counters, tls);
        data(data);
        counter(
                "serverherd_log_dropped_total",
                "Lines of the log that were dropped because its queue was full",
                "log",
                Map.of("events", EventLog::dropped, "messages", messages::dropped));
        GaugeWithCallback.builder()
                .name("serverherd_build_info")
                .help("The version that runs; always 1")
                .labelNames("version")
                .callback(value -> value.call(1, version))
                .register(registry);
    }

    /** All metrics, as {@link #CONTENT_TYPE}. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            format.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("an array can be written to", e);
        }
        return text.toByteArray();
    }

    private void traffic(Counters counters) {
        counter(
                "serverherd_commands_total",
                "Lines of clients; invalid ones are answered with a ?",
                "command",
                Map.of(
                        "iamat",
                        () -> counters.iamat,
                        "whatsat",
                        () -> counters.whatsat,
                        "invalid",
                        () -> counters.invalid));
        counter(
                "serverherd_records_total",
                "Records of clients and neighbours, by what became of them",
                "result",
                Map.of(
                        "stored", () -> counters.recordsStored,
                        "stale", () -> counters.recordsStale,
                        "malformed", () -> counters.recordsRefusedMalformed,
                        "future", () -> counters.recordsRefusedFuture,
                        "full", () -> counters.recordsRefusedFull));
        counter(
                "serverherd_clients_evicted_total",
                "Clients forgotten because there were more than the limit; those with the oldest records",
                () -> counters.clientsEvicted);
        counter(
                "serverherd_records_received_total",
                "Records that came from neighbours",
                () -> counters.recordsReceived);
        counter(
                "serverherd_records_flooded_total",
                "Records passed on to neighbours, once per neighbour",
                () -> counters.linesFlooded);
        counter(
                "serverherd_records_held_back_total",
                "Records not passed on to a neighbour that did not keep up; the two reconcile afterwards",
                () -> counters.linesHeldBack);
        counter(
                "serverherd_peer_lines_unknown_total",
                "Lines of neighbours that this version does not know; they are ignored",
                () -> counters.peerLinesUnknown);
        CounterWithCallback.builder()
                .name("serverherd_bytes_total")
                .help("Bytes over the client port and the links")
                .labelNames("port", "direction")
                .callback(value -> {
                    value.call(counters.clientBytesIn, "client", "in");
                    value.call(counters.clientBytesOut, "client", "out");
                    value.call(counters.peerBytesIn, "peer", "in");
                    value.call(counters.peerBytesOut, "peer", "out");
                })
                .register(registry);
    }

    private void connections(Counters counters) {
        gauge("serverherd_client_connections_open", "Client connections open now", () -> counters.clientsOpen);
        counter(
                "serverherd_client_connections_total",
                "Client connections, by what became of them; every one is accepted or refused",
                "result",
                Map.of(
                        "accepted", () -> counters.clientsAccepted,
                        "refused", () -> counters.clientsRefused,
                        "closed_slow", () -> counters.clientsClosedSlow,
                        "closed_unfinished", () -> counters.clientsClosedUnfinished,
                        "closed_overlong", () -> counters.clientsClosedOverlong));
        gauge("serverherd_links", "Links to neighbours that are up now", () -> counters.linksUp);
        counter("serverherd_links_opened_total", "Links that came up", () -> counters.linksOpened);
        counter("serverherd_links_lost_total", "Links that went down", () -> counters.linksLost);
    }

    private void places(PlacesClient places, LivePlacesKey key) {
        Map<String, LongSupplier> outcomes = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.label(), () -> places.count(outcome));
        }
        counter(
                "serverherd_places_requests_total",
                "Questions to Google Places, by how they ended",
                "outcome",
                outcomes);
        counter(
                "serverherd_places_shared_total",
                "Questions that shared the answer of an identical one under way",
                places::shared);
        gauge(
                "serverherd_places_requests_today",
                "Questions put to Google Places since midnight UTC, as counted for the day's budget",
                places::requestsToday);
        gauge(
                "serverherd_places_budget_spent",
                "1 while the day's budget of questions is used up",
                () -> places.budgetSpent() ? 1 : 0);
        gauge("serverherd_places_under_way", "Requests to Google Places under way", places::underWay);
        gauge(
                "serverherd_places_circuit_open",
                "1 while Google Places fail so often that they are not asked, but for one question now and then",
                () -> places.circuitOpen() ? 1 : 0);
        gauge(
                "serverherd_places_key_loaded",
                "1 when a Places key is in force",
                () -> key.key().loaded() ? 1 : 0);
    }

    private void config(LiveConfig config) {
        GaugeWithCallback.builder()
                .name("serverherd_config_info")
                .help("SHA-256 of the herd.json in force; always 1")
                .labelNames("hash")
                .callback(value -> value.call(1, config.state().config().hash()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("serverherd_config_loaded_timestamp_seconds")
                .help("When the herd.json in force was loaded; absent while none is")
                .callback(value -> {
                    LiveConfig.State state = config.state();
                    if (state.loaded()) {
                        value.call(state.loadedAt().toEpochMilli() / 1000.0);
                    }
                })
                .register(registry);
        gauge(
                "serverherd_config_error",
                "1 while herd.json is missing or wrong and an older one is in force",
                () -> config.state().error() == null ? 0 : 1);
        counter(
                "serverherd_config_refused_total",
                "Times herd.json was found to be missing or wrong",
                () -> config.state().refused());
    }

    private void peerTls(Counters counters, LiveTls tls) {
        counter(
                "serverherd_peer_refused_total",
                "Connections on the peer port, and dialled ones, that were not taken for a neighbour's",
                "reason",
                byReason(EnumSet.allOf(Refusal.class), counters::peersRefused));
        tls.peers().ifPresent(live -> {
            expiry(
                    "serverherd_peer_certificate_expiry_timestamp_seconds",
                    "When this server's certificate ends; absent while it has none",
                    live);
            gauge(
                    "serverherd_peer_credentials_error",
                    "1 while the files of HERD_TLS_DIR are missing or wrong; the last good ones are in force",
                    () -> live.state().problem() == null ? 0 : 1);
        });
    }

    private void clientTls(Counters counters, LiveTls tls) {
        tls.clients().ifPresent(live -> {
            counter(
                    "serverherd_clients_refused_total",
                    "Connections of clients that were closed before their first line, since TLS was not right",
                    "reason",
                    byReason(Refusal.OF_CLIENTS, counters::clientsRefused));
            expiry(
                    "serverherd_client_certificate_expiry_timestamp_seconds",
                    "When the certificate that clients are shown ends; absent while there is none",
                    live);
            gauge(
                    "serverherd_client_credentials_error",
                    "1 while the files of HERD_CLIENT_TLS_DIR or HERD_CLIENT_CA_DIR are missing or wrong",
                    () -> live.state().problem() == null ? 0 : 1);
        });
    }

    private static Map<String, LongSupplier> byReason(Set<Refusal> reasons, ToLongFunction<Refusal> count) {
        Map<String, LongSupplier> counts = new LinkedHashMap<>();
        reasons.forEach(reason -> counts.put(reason.label(), () -> count.applyAsLong(reason)));
        return counts;
    }

    private void expiry(String name, String help, LiveCredentials<?, ?> live) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(value -> live.state()
                        .certificate()
                        .ifPresent(now -> value.call(now.notAfter().getEpochSecond())))
                .register(registry);
    }

    private void data(Supplier<DataStatus> data) {
        gauge(
                "serverherd_data_error",
                "1 while records are not kept although HERD_DATA_DIR is set; served from memory, and tried again",
                () -> data.get().state() == DataStatus.State.FAILING ? 1 : 0);
        counter("serverherd_data_failures_total", "Times the disk failed", () -> data.get()
                .failures());
        counter(
                "serverherd_data_late_total",
                "Writes that took so long that a kill could have cost more than the last 100 ms",
                () -> data.get().late());
        gauge(
                "serverherd_data_unwritten_records",
                "Records that have changed and are not on their way to the disk yet",
                () -> data.get().unwritten());
        counter("serverherd_data_written_bytes_total", "Bytes written", () -> data.get()
                .written());
        counter("serverherd_data_rewritten_total", "Times all records were written anew", () -> data.get()
                .rewritten());
        gauge("serverherd_data_file_bytes", "Size of the journal", () -> data.get()
                .fileBytes());
        gauge("serverherd_data_read_records", "Records taken over at the start", () -> data.get()
                .read());
        gauge(
                "serverherd_data_damaged_bytes",
                "Bytes found at the start that were not what was written, and are left out",
                () -> data.get().damagedBytes());
        gauge(
                "serverherd_data_torn_bytes",
                "Bytes found at the start whose writing was cut off, as when the process was killed",
                () -> data.get().tornBytes());
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private void counter(String name, String help, String label, Map<String, LongSupplier> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> values.forEach((key, value) -> callback.call(value.getAsLong(), key)))
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }
}
