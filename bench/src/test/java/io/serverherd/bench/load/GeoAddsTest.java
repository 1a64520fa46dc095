package io.serverherd.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GeoAddsTest {
    private final GeoAdds adds = new GeoAdds(10);

    @Test
    void aClientMovesWithEachCommand() {
        String first = asked();
        String second = asked();

        assertThat(first)
                .matches("\\*5\\r\\n\\$6\\r\\nGEOADD\\r\\n\\$4\\r\\nherd\\r\\n\\$10\\r\\n\\d{3}\\.000001\\r\\n"
                        + "\\$9\\r\\n\\d{2}\\.\\d{6}\\r\\n\\$13\\r\\nc0000003\\.herd\\r\\n");
        assertThat(second).isEqualTo(first.replace(".000001", ".000002"));
    }

    @Test
    void aClientIsNewOnce() throws WrongReplyException {
        assertThat(answered(":")).isEqualTo(-1);
        assertThat(answered(":1\r\n:0")).isEqualTo(4);
        assertThat(answered(":0\r\n")).isEqualTo(4);
        assertThatThrownBy(() -> answered(":1\r\n")).isInstanceOf(WrongReplyException.class);
    }

    @Test
    void anErrorIsNoAnswer() {
        assertThatThrownBy(() -> answered("-ERR value is not a valid float\r\n"))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageContaining("-ERR value is not a valid float");
    }

    private String asked() {
        ByteBuffer out = ByteBuffer.allocate(adds.longest());
        adds.ask(3, out);
        return new String(out.array(), US_ASCII);
    }

    private int answered(String reply) throws WrongReplyException {
        return adds.answered(3, reply.getBytes(US_ASCII), 0, reply.length());
    }
}
