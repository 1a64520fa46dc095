package io.serverherd.operator.desired;

import static io.serverherd.operator.topology.DrawnTopology.draw;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.api.LimitsSpec;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.topology.Edge;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerConfigTest {
    private static final PlacesSettings PLACES = PlacesSettings.plain(PlacesSpec.LEGACY, "https://maps.example", 5);
    private static final LiveSettings NOTHING_SAID = new LiveSettings(PLACES, null, null);

    @Test
    void theFileHoldsOnlyItsServersNeighboursInOrder() {
        PeerConfig config = PeerConfig.of(
                "B", draw("C-B B-A C-D"), Set.of(Edge.of("B", "C")), NOTHING_SAID, server -> server + ".svc:12100");

        assertThat(config.json()).isEqualTo("""
                {
                  "neighbours" : [
                    {
                      "server" : "A",
                      "address" : "A.svc:12100",
                      "tls" : false
                    },
                    {
                      "server" : "C",
                      "address" : "C.svc:12100",
                      "tls" : true
                    }
                  ],
                  "places" : {
                    "api" : "Legacy",
                    "endpoint" : "https://maps.example",
                    "timeoutSeconds" : 5
                  }
                }
                """);
    }

    @Test
    void limitsAndLoggingAreThereWhenSaid() {
        LiveSettings said = new LiveSettings(PLACES, new LimitsSpec(4096, null, 20, null, 60L), true);

        String json =
                PeerConfig.of("A", draw("A-B"), Set.of(), said, server -> "b:1").json();

        assertThat(json).endsWith("""
                  "limits" : {
                    "lineBytes" : 4096,
                    "connectionsPerAddress" : 20,
                    "futureSeconds" : 60
                  },
                  "logMessages" : true
                }
                """);
    }

    @Test
    void anEdgeChangesTheHashOfItsTwoEndsOnly() {
        for (String server : new String[] {"A", "B", "C", "D"}) {
            String before = hash(server, "A-B C-D");
            String after = hash(server, "A-B C-D B-C");

            assertThat(after.equals(before)).as(server).isEqualTo(server.matches("[AD]"));
        }
    }

    @Test
    void theHashIsTheSha256OfTheFile() {
        assertThat(Sha256.hex("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    private static String hash(String server, String drawn) {
        return PeerConfig.of(server, draw(drawn), Set.of(), NOTHING_SAID, name -> name + ":1")
                .hash();
    }
}
