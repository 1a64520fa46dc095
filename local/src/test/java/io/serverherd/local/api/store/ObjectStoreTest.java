package io.serverherd.local.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {

    private final ObjectStore store = new ObjectStore(3);

    @Test
    void eachWriteTakesTheNextVersion() {
        long before = store.version();

        store.put(key("", "maps", "a"), object("a"));
        store.put(key("", "maps", "a"), object("a"));
        store.remove(key("", "maps", "a"), object("a"));

        assertThat(store.version()).isEqualTo(before + 3);
    }

    @Test
    void kindsOfTheSameNameInDifferentGroupsAreApart() {
        store.put(key("", "maps", "a"), object("a"));
        store.put(key("example.org", "maps", "b"), object("b"));

        assertThat(store.list(new ObjectSet("", "maps", "")).objects())
                .extracting(object -> object.at("/metadata/name").asText())
                .containsExactly("a");
        assertThat(store.contains(key("", "maps", "b"))).isFalse();
        assertThat(store.keysOf("example.org", "maps")).containsExactly(key("example.org", "maps", "b"));
    }

    @Test
    void whatIsReadIsACopy() {
        store.put(key("", "maps", "a"), object("a"));

        store.get(key("", "maps", "a")).orElseThrow().put("changed", true);

        assertThat(store.get(key("", "maps", "a")).orElseThrow().has("changed")).isFalse();
    }

    @Test
    void aFollowerGetsThePastAndThenTheNew() {
        long start = store.version();
        store.put(key("", "maps", "a"), object("a"));
        List<String> seen = new ArrayList<>();

        ObjectStore.Subscription subscription = store.follow(
                start, change -> seen.add(change.type() + " " + change.key().name()));
        store.put(key("", "maps", "a"), object("a"));
        store.remove(key("", "maps", "a"), object("a"));
        subscription.close();
        store.put(key("", "maps", "b"), object("b"));

        assertThat(seen).containsExactly("ADDED a", "MODIFIED a", "DELETED a");
    }

    @Test
    void aRemovedObjectsLastStateHasTheVersionOfItsRemoval() {
        store.put(key("", "maps", "a"), object("a"));
        List<Change> seen = new ArrayList<>();

        ObjectStore.Subscription subscription = store.follow(store.version(), seen::add);
        store.remove(key("", "maps", "a"), object("a"));
        subscription.close();

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).object().at("/metadata/resourceVersion").asLong())
                .isEqualTo(store.version());
    }

    @Test
    void aVersionBeforeTheHistoryHasExpired() {
        long start = store.version();
        for (int i = 0; i < 4; i++) {
            store.put(key("", "maps", "a"), object("a"));
        }

        assertThatThrownBy(() -> store.follow(start, change -> {}))
                .isInstanceOf(ExpiredVersionException.class)
                .hasMessage("too old resource version: %d (%d)".formatted(start, start + 1));
        store.follow(start + 1, change -> {}).close();
    }

    private static ObjectKey key(String group, String plural, String name) {
        return new ObjectKey(group, plural, "default", name);
    }

    private static ObjectNode object(String name) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Map");
        object.putObject("metadata").put("namespace", "default").put("name", name);
        return object;
    }
}
