package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServerHerd herd = Herds.herd("h", "A-B");
    private KubernetesMockServer server;
    private KubernetesClient client;
    private EventRecorder recorder;

    @BeforeEach
    void start() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(server.url("/"))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        recorder = new EventRecorder(client, registry, clock);
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void anEventBelongsToItsHerd() {
        recorder.record(herd, EventReason.NotReady, "1 of 2 servers is ready");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("ServerHerd");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-of-h");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("NotReady");
            assertThat(event.getMessage()).isEqualTo("1 of 2 servers is ready");
            assertThat(event.getCount()).isEqualTo(1);
        });
    }

    @Test
    void theSameAgainIsCountedAndWrittenOnceInAWhile() {
        recorder.record(herd, EventReason.NotReady, "why");
        recorder.record(herd, EventReason.NotReady, "why");
        recorder.record(herd, EventReason.NotReady, "why");
        assertThat(events()).singleElement().extracting(Event::getCount).isEqualTo(1);

        clock.advance(EventRecorder.QUIET.plusSeconds(1));
        recorder.record(herd, EventReason.NotReady, "why");

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.getCount()).isEqualTo(4);
            assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T12:00:00Z");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T12:00:31Z");
        });
    }

    @Test
    void anotherReasonMessageOrHerdIsAnotherEvent() {
        recorder.record(herd, EventReason.NotReady, "why");
        recorder.record(herd, EventReason.NotReady, "why else");
        recorder.record(herd, EventReason.ApplyFailed, "why");
        recorder.record(Herds.herd("other", "A"), EventReason.NotReady, "why");

        assertThat(events()).hasSize(4);
    }

    @Test
    void anOperatorThatStartsAgainCountsOn() {
        recorder.record(herd, EventReason.NotReady, "why");
        clock.advance(Duration.ofHours(1));

        new EventRecorder(client, registry, clock).record(herd, EventReason.NotReady, "why");

        assertThat(events()).singleElement().extracting(Event::getCount).isEqualTo(2);
    }

    @Test
    void anEventThatCannotBeWrittenStopsNothing() {
        server.expect()
                .post()
                .withPath("/api/v1/namespaces/default/events")
                .andReturn(403, "{}")
                .always();

        recorder.record(herd, EventReason.NotReady, "why");

        assertThat(registry.counter("serverherd.events", "reason", "NotReady").count())
                .isEqualTo(1);
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("default").list().getItems();
    }
}
