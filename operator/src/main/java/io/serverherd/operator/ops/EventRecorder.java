package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micrometer.core.instrument.MeterRegistry;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.desired.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events of a herd. The same reason and message is the same event, counted, also after the operator's restart; and it
 * is written at most once in {@link #QUIET}, so that a herd that flaps doesn't flood the API.
 */
public final class EventRecorder implements HerdEvents.Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    static final Duration QUIET = Duration.ofSeconds(30);
    private static final int REMEMBERED = 1_000;
    private static final int MAX_MESSAGE = 1_024;

    private final KubernetesClient client;
    private final MeterRegistry registry;
    private final Clock clock;
    /** By event name. */
    private final Map<String, Told> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param unwritten how often it happened since it was last written */
    private record Told(Instant written, int unwritten) {}

    public EventRecorder(KubernetesClient client, MeterRegistry registry, Clock clock) {
        this.client = client;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void record(ServerHerd herd, EventReason reason, String message) {
        String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
        registry.counter("serverherd.events", "reason", reason.name()).increment();
        LOG.atInfo()
                .addKeyValue(
                        "herd",
                        herd.getMetadata().getNamespace() + "/"
                                + herd.getMetadata().getName())
                .addKeyValue("reason", reason)
                .addKeyValue("message", text)
                .log("herd.event");
        String name = name(herd, reason, text);
        int times = timesToWrite(name);
        if (times > 0) {
            write(herd, reason, text, name, times);
        }
    }

    private synchronized int timesToWrite(String name) {
        Instant now = clock.instant();
        Told last = told.getOrDefault(name, new Told(Instant.MIN, 0));
        if (last.written().isAfter(now.minus(QUIET))) {
            told.put(name, new Told(last.written(), last.unwritten() + 1));
            return 0;
        }
        told.put(name, new Told(now, 0));
        return last.unwritten() + 1;
    }

    private void write(ServerHerd herd, EventReason reason, String message, String name, int times) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            Resource<Event> resource = client.v1()
                    .events()
                    .inNamespace(herd.getMetadata().getNamespace())
                    .withName(name);
            if (resource.get() == null) {
                client.resource(event(herd, reason, message, name, times, now)).create();
            } else {
                resource.edit(e -> new EventBuilder(e)
                        .withCount(e.getCount() == null ? times : e.getCount() + times)
                        .withLastTimestamp(now)
                        .build());
            }
        } catch (KubernetesClientException e) {
            // An event is a courtesy: what it tells is in the status too.
            LOG.atWarn()
                    .addKeyValue(
                            "herd",
                            herd.getMetadata().getNamespace() + "/"
                                    + herd.getMetadata().getName())
                    .addKeyValue("code", e.getCode())
                    .addKeyValue("error", e.getMessage())
                    .log("herd.event-not-written");
        }
    }

    private static String name(ServerHerd herd, EventReason reason, String message) {
        String identity = herd.getMetadata().getUid() + "/" + reason + "/" + message;
        return herd.getMetadata().getName() + "."
                + Sha256.hex(identity.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    private static Event event(
            ServerHerd herd, EventReason reason, String message, String name, int times, String now) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(herd.getMetadata().getNamespace())
                .withName(name)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(herd.getApiVersion())
                .withKind(herd.getKind())
                .withNamespace(herd.getMetadata().getNamespace())
                .withName(herd.getMetadata().getName())
                .withUid(herd.getMetadata().getUid())
                .endInvolvedObject()
                .withType(reason.type().name())
                .withReason(reason.name())
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(times)
                .withNewSource()
                .withComponent(Labels.OPERATOR)
                .endSource()
                .build();
    }
}
