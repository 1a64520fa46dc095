package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times, order and number of the entries; what they own is compared with a real server's in {@link RecordedWritesTest}. */
class ManagedFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MergeType CONFIG_MAP = MergeType.builtIn("v1", "ConfigMap");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.75Z");

    @Test
    void onlyTheWriterThatChangedSomethingGetsANewTime() throws JsonProcessingException {
        ObjectNode stored = written(null, "{\"a\":\"1\"}", "first", NOON);
        stored = written(stored, "{\"a\":\"1\",\"b\":\"2\"}", "second", NOON.plusSeconds(60));
        stored = written(stored, "{\"a\":\"1\",\"b\":\"2\"}", "third", NOON.plusSeconds(120));

        assertThat(entries(stored)).containsExactly("first 2026-03-01T12:00:00Z", "second 2026-03-01T12:01:00Z");
    }

    @Test
    void whoeverLostAllFieldsIsNoOwner() throws JsonProcessingException {
        ObjectNode stored = written(null, "{\"a\":\"1\"}", "first", NOON);
        stored = written(stored, "{\"a\":\"1\",\"b\":\"1\"}", "second", NOON);
        stored = written(stored, "{\"a\":\"1\",\"b\":\"2\"}", "third", NOON);

        assertThat(entries(stored)).containsExactly("first 2026-03-01T12:00:00Z", "third 2026-03-01T12:00:00Z");
    }

    @Test
    void appliersComeBeforeUpdatersAndOldEntriesBeforeNew() throws JsonProcessingException {
        ObjectNode stored = written(null, "{\"a\":\"1\"}", "z-updater", NOON);
        stored = applied(stored, "{\"b\":\"1\"}", "y-applier", NOON.plusSeconds(1));
        stored = applied(stored, "{\"c\":\"1\"}", "x-applier", NOON.plusSeconds(2));
        stored = written(stored, "{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\"}", "a-updater", NOON.plusSeconds(3));

        assertThat(entries(stored))
                .extracting(entry -> entry.split(" ")[0])
                .containsExactly("y-applier", "x-applier", "z-updater", "a-updater");
    }

    @Test
    void manyUpdatersBecomeAncientChanges() throws JsonProcessingException {
        ObjectNode stored = written(null, "{\"k0\":\"1\"}", "writer-0", NOON);
        ObjectNode data = JSON.createObjectNode().put("k0", "1");
        for (int i = 1; i < 40; i++) {
            data.put("k" + i, "1");
            stored = written(stored, data.toString(), "writer-" + i, NOON.plusSeconds(i));
        }

        assertThat(entries(stored)).hasSize(10).first().isEqualTo("ancient-changes 2026-03-01T12:00:30Z");
        assertThat((Object) Ownership.of(stored).all().below(PathElement.field("data")))
                .as("no field lost its owner")
                .satisfies(fields -> assertThat(((FieldSet) fields).paths()).hasSize(40));
    }

    @Test
    void managedFieldsThatCannotBeReadDoNotUndoTheStoredOnes() throws JsonProcessingException {
        ObjectNode stored = written(null, "{\"a\":\"1\"}", "first", NOON);
        ObjectNode broken = stored.deepCopy();
        ((ObjectNode) broken.at("/metadata/managedFields/0")).put("operation", "Guess");

        ManagedFields.recordUpdate(CONFIG_MAP, stored, broken, writer("second", NOON));

        assertThat((Object) broken).isEqualTo(stored);
    }

    private static ObjectNode written(ObjectNode live, String data, String manager, Instant at)
            throws JsonProcessingException {
        ObjectNode object = config(data);
        ManagedFields.recordUpdate(CONFIG_MAP, live, object, writer(manager, at));
        return object;
    }

    private static ObjectNode applied(ObjectNode live, String data, String manager, Instant at)
            throws JsonProcessingException {
        return ServerSideApply.apply(CONFIG_MAP, live, config(data), writer(manager, at), false);
    }

    private static FieldWriter writer(String manager, Instant at) {
        return FieldWriter.ofObject(manager, "v1", false, at);
    }

    private static ObjectNode config(String data) throws JsonProcessingException {
        ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", "c");
        object.set("data", JSON.readTree(data));
        return object;
    }

    private static List<String> entries(JsonNode object) {
        List<String> entries = new ArrayList<>();
        object.at("/metadata/managedFields")
                .forEach(entry -> entries.add(
                        entry.get("manager").asText() + " " + entry.get("time").asText()));
        return entries;
    }
}
