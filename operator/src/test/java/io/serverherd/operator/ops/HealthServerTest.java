package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private final SettableClock clock = new SettableClock();
    private final LoopWatch loop = new LoopWatch(clock);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Readiness readiness = new Readiness(true, "ok");
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HealthServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                loop::stuck,
                () -> readiness,
                registry,
                new HerdMetrics(registry));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readinessSaysInWhichWayOrWhyNot() throws Exception {
        readiness = new Readiness(true, "standing by, another leads");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("standing by, another leads\n");

        readiness = new Readiness(false, "the API server does not know ServerHerds");

        HttpResponse<String> answer = get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("the API server does not know ServerHerds\n");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aReconciliationThatNeverEndsIsNotAlive() throws Exception {
        ServerHerd herd = Herds.herd("h", "A");
        loop.reconciliationStarted(herd, Map.of());
        clock.advance(LoopWatch.STUCK_AFTER.minusSeconds(1));
        assertThat(get("/livez").statusCode()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(2));

        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/livez").body()).contains("h");
        loop.reconciliationFinished(herd, null, Map.of());
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        registry.counter("serverherd.events", "reason", "Created").increment();

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body()).contains("serverherd_events_total{reason=\"Created\"} 1.0");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
