package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPoolTest {

    private final AddressPool pool = new AddressPool("127.0.1.0");

    @Test
    void theLowestFreeAddressIsTaken() {
        assertThat(pool.take()).contains("127.0.1.1");
        assertThat(pool.take()).contains("127.0.1.2");
        assertThat(pool.take()).contains("127.0.1.3");

        pool.giveBack("127.0.1.2");

        assertThat(pool.take()).contains("127.0.1.2");
        assertThat(pool.take()).contains("127.0.1.4");
    }

    @Test
    void nothingIsLeftAfterTheLastOfThem() {
        for (int i = 1; i < 254; i++) {
            pool.take();
        }

        assertThat(pool.take()).contains("127.0.1.254");
        assertThat(pool.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "127.0.1.1", "127.0.1", "localhost", "", "127.0.999.0"})
    void onlyALoopbackNetworkIsTaken(String network) {
        assertThatThrownBy(() -> new AddressPool(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + network + "\"");
    }
}
