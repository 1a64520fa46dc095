package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.kind.ResourceType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** An event's row, whichever of its two groups it is read in. */
final class EventColumns {

    private EventColumns() {}

    static Columns columns(ResourceType type, Clock clock) {
        boolean core = type.group().isEmpty();
        String regarding = core ? "/involvedObject" : "/regarding";
        String first = core ? "/firstTimestamp" : "/deprecatedFirstTimestamp";
        String last = core ? "/lastTimestamp" : "/deprecatedLastTimestamp";
        String source = core ? "/source" : "/deprecatedSource";
        return new ComputedColumns()
                .with("Last Seen", event -> seen(event, clock, "/series/lastObservedTime", last, first, "/eventTime"))
                .with("Type", Cell.text("/type", ""))
                .with("Reason", Cell.text("/reason", ""))
                .with("Object", event -> object(event.at(regarding)))
                .wide("Subobject", Cell.text(regarding + "/fieldPath", ""))
                .wide("Source", event -> source(event, source))
                .with("Message", Cell.text(core ? "/message" : "/note", ""))
                .wide("First Seen", event -> seen(event, clock, first, "/eventTime"))
                .wide(
                        "Count",
                        event -> Math.max(
                                1,
                                Math.max(
                                        event.at("/series/count").asInt(),
                                        event.path(core ? "count" : "deprecatedCount")
                                                .asInt())))
                .nameLast();
    }

    private static Object object(JsonNode reference) {
        String kind = reference.path("kind").asText().toLowerCase(Locale.ROOT);
        return reference.has("name") ? kind + "/" + reference.path("name").asText() : kind;
    }

    private static Object source(JsonNode event, String place) {
        JsonNode source = event.at(place);
        String component = Cell.orElse(
                source.path("component").asText(),
                event.path("reportingComponent")
                        .asText(event.path("reportingController").asText()));
        String host = source.path("host").asText();
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static Object seen(JsonNode event, Clock clock, String... places) {
        String time = List.of(places).stream()
                .map(place -> event.at(place).asText(""))
                .filter(text -> !text.isEmpty() && !text.equals("null"))
                .findFirst()
                .orElse("");
        return Age.of(time, clock);
    }
}
