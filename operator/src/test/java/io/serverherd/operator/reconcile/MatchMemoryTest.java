package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchMemoryTest {
    private final MatchMemory memory = new MatchMemory();

    @Test
    void onlyTheSameVersionAndTheSameWishAreKnown() {
        memory.remember(actual("uid", "1"), desired("x"));

        assertThat(memory.isKnownToMatch(actual("uid", "1"), desired("x"))).isTrue();
        assertThat(memory.isKnownToMatch(actual("uid", "2"), desired("x"))).isFalse();
        assertThat(memory.isKnownToMatch(actual("uid", "1"), desired("y"))).isFalse();
        assertThat(memory.isKnownToMatch(actual("other", "1"), desired("x"))).isFalse();
    }

    private static ConfigMap actual(String uid, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }

    private static ConfigMap desired(String value) {
        return new ConfigMapBuilder().withData(Map.of("key", value)).build();
    }
}
