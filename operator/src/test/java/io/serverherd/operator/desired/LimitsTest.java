package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.serverherd.node.config.HerdConfigException;
import io.serverherd.node.config.HerdConfigParser;
import io.serverherd.operator.api.LimitsSpec;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.topology.Topology;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of the CRD are the node's: what passes here must be taken there, and what is refused there must not pass. */
class LimitsTest {
    private final HerdConfigParser node = new HerdConfigParser("A", false);

    static Stream<RecordComponent> limits() {
        return Arrays.stream(LimitsSpec.class.getRecordComponents());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void theNodeHasTheSameBounds(RecordComponent limit) throws HerdConfigException {
        long least = (long) limit.getAccessor().getAnnotation(Min.class).value();
        long most = (long) limit.getAccessor().getAnnotation(Max.class).value();

        assertThat(node.parse(file(limit.getName(), least)).limits()).isNotNull();
        assertThat(node.parse(file(limit.getName(), most)).limits()).isNotNull();
        for (long beyond : new long[] {least - 1, most + 1}) {
            assertThatThrownBy(() -> node.parse(file(limit.getName(), beyond)))
                    .hasMessageContaining("limits." + limit.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void theNodeReadsWhatIsWritten(RecordComponent limit) throws Exception {
        PlacesSettings places = PlacesSettings.plain(PlacesSpec.LEGACY, "https://maps.example", 5);
        LimitsSpec said = new LimitsSpec(301, 302, 303, 304, 305L);
        String written = PeerConfig.of(
                        "A",
                        Topology.of(List.of("A"), List.of()),
                        Set.of(),
                        new LiveSettings(places, said, true),
                        server -> "")
                .json();

        Object read = node.parse(written.getBytes(StandardCharsets.UTF_8)).limits();

        assertThat(read.getClass().getMethod(limit.getName()).invoke(read))
                .hasToString(limit.getAccessor().invoke(said).toString());
    }

    private static byte[] file(String limit, long value) {
        return ("{\"limits\": {\"" + limit + "\": " + value + "}}").getBytes(StandardCharsets.UTF_8);
    }
}
