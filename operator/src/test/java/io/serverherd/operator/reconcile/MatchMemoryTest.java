package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.Test;

class MatchMemoryTest {
    private final MatchMemory memory = new MatchMemory();

    @Test
    void onlyTheSameVersionAndTheSameWishAreKnown() {
        memory.remember(actual("uid", "1"), "x");

        assertThat(memory.isKnownToMatch(actual("uid", "1"), "x")).isTrue();
        assertThat(memory.isKnownToMatch(actual("uid", "2"), "x")).isFalse();
        assertThat(memory.isKnownToMatch(actual("uid", "1"), "y")).isFalse();
        assertThat(memory.isKnownToMatch(actual("other", "1"), "x")).isFalse();
    }

    private static ConfigMap actual(String uid, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withUid(uid)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
