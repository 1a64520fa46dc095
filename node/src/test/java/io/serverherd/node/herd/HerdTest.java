package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HerdTest {
    private final Counters counters = new Counters();
    private final LocationStore store = new LocationStore(3, 1 << 20, 42);
    private final Herd herd = new Herd(store, counters);
    private final Neighbour ball = new Neighbour();
    private final Neighbour welsh = new Neighbour();

    HerdTest() {
        herd.attach(ball);
        herd.attach(welsh);
    }

    @Test
    void aNewReportIsOfferedToEveryNeighbour() {
        herd.report(Records.of("AT Alford +0.1 kiwi +1+1 5"));

        assertThat(ball.lines).containsExactly("AT Alford +0.1 kiwi +1+1 5\n");
        assertThat(welsh.lines).containsExactly("AT Alford +0.1 kiwi +1+1 5\n");
        assertThat(counters.recordsStored).isEqualTo(1);
    }

    @Test
    void aRecordIsOfferedToAllButTheOneItCameFrom() {
        herd.hear(Records.of("AT Holiday +0.1 kiwi +1+1 5"), ball);

        assertThat(ball.lines).isEmpty();
        assertThat(welsh.lines).containsExactly("AT Holiday +0.1 kiwi +1+1 5\n");
        assertThat(counters.recordsReceived).isEqualTo(1);
    }

    @Test
    void aRecordThatLosesEndsHere() {
        herd.report(Records.of("AT Alford +0.1 kiwi +1+1 5"));
        ball.lines.clear();
        welsh.lines.clear();

        herd.report(Records.of("AT Alford +0.1 kiwi +2+2 5.0"));
        herd.hear(Records.of("AT Welsh +0.1 kiwi +2+2 4"), welsh);
        herd.hear(Records.of("AT Alford +0.1 kiwi +1+1 5"), ball);

        assertThat(ball.lines).isEmpty();
        assertThat(welsh.lines).isEmpty();
        assertThat(counters.recordsStale).isEqualTo(3);
    }

    @Test
    void aRecordThatCannotBeStoredIsNotPassedOn() {
        for (String client : List.of("a", "b", "c")) {
            herd.report(Records.of("AT Alford +0.1 " + client + " +1+1 5"));
        }
        ball.lines.clear();

        herd.report(Records.of("AT Alford +0.1 d +1+1 4"));

        assertThat(ball.lines).isEmpty();
        assertThat(counters.recordsRefusedFull).isEqualTo(1);
    }

    @Test
    void aNeighbourThatIsGoneIsOfferedNothing() {
        herd.detach(ball);

        herd.report(Records.of("AT Alford +0.1 kiwi +1+1 5"));

        assertThat(ball.lines).isEmpty();
        assertThat(welsh.lines).hasSize(1);
    }

    private static final class Neighbour implements HerdLink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void offer(byte[] buf, int from, int to) {
            lines.add(new String(buf, from, to - from, ISO_8859_1));
        }
    }
}
