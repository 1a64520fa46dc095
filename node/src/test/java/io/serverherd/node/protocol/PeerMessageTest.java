package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.PeerMessage.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerMessageTest {
    private final LineBuffer out = new LineBuffer(8);

    @ParameterizedTest
    @CsvSource({
        "PEER herd Alford,PEER",
        "AT x,AT",
        "PING,PING",
        "PING 17,PING",
        "DIGEST 0,DIGEST",
        "RANGE 0,RANGE",
        "COMPARED,COMPARED",
        "RECONCILED,RECONCILED",
        "PINGS,UNKNOWN",
        "ping,GARBAGE",
        "PING1,GARBAGE",
        "SUMMARY 1 2 3,UNKNOWN",
        "IAMAT a +1+1 1,UNKNOWN",
        "'',GARBAGE"
    })
    void aMessageIsKnownByItsFirstWord(String line, PeerMessage message) {
        byte[] bytes = line.getBytes(ISO_8859_1);

        assertThat(PeerMessage.of(bytes, 0, bytes.length)).isEqualTo(message);
    }

    @Test
    void aHelloNamesHerdAndServer() {
        PeerMessage.appendHello(out, "five-node-herd", "Alford");

        assertThat(text()).isEqualTo("PEER five-node-herd Alford\n");
        assertThat(PeerMessage.helloServer(out.array(), 0, out.length() - 1, "five-node-herd"))
                .contains("Alford");
        assertThat(PeerMessage.helloServer(out.array(), 0, out.length() - 1, "other"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PEER",
                "PEER herd",
                "PEER herd Alford x",
                "PEERS herd Alford",
                "PING herd Alford",
                "",
                "\u00ff\0"
            })
    void anythingElseIsNoHello(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);

        assertThat(PeerMessage.helloServer(bytes, 0, bytes.length, "herd")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "-1,999999999", "-9223372036854775808,7", "81985529216486895,100000"})
    void aDigestIsReadAsItWasWritten(long sum, int records) {
        PeerMessage.appendDigest(out, new Digest(sum, records));

        assertThat(text()).matches("DIGEST [0-9a-f]{16} \\d+\n");
        assertThat(PeerMessage.digest(out.array(), 0, out.length() - 1)).hasValue(new Digest(sum, records));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DIGEST",
                "DIGEST 1 1",
                "DIGEST 0123456789abcdeg 1",
                "DIGEST 0123456789ABCDEF 1",
                "DIGEST 0123456789abcdef",
                "DIGEST 0123456789abcdef -1",
                "DIGEST 0123456789abcdef 1000000000",
                "DIGEST 0123456789abcdef 1 1"
            })
    void otherDigestsSayNothing(String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);

        assertThat(PeerMessage.digest(bytes, 0, bytes.length)).isEmpty();
    }

    private String text() {
        return new String(out.array(), 0, out.length(), ISO_8859_1);
    }
}
