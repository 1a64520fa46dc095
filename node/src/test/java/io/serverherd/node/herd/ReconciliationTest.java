package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.PeerMessage.Digest;
import io.serverherd.node.protocol.RangeLine;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private final LocationStore store = new LocationStore(1_000, 1 << 20, 42);
    private final Reconciliation reconciliation = new Reconciliation(store);
    private final LineBuffer out = new LineBuffer(16);

    ReconciliationTest() {
        store.report(Records.of("AT Alford +0.1 kiwi +1+1 5"));
        store.report(Records.of("AT Alford +0.1 plum +1+1 5"));
    }

    @Test
    void itBeginsByTellingTheDigest() {
        reconciliation.begin(out);

        assertThat(written()).isEqualTo(digestLine());
        assertThat(reconciliation.done()).isFalse();
    }

    @Test
    void anEqualDigestEndsIt() {
        reconciliation.begin(out);
        written();

        reconciliation.digest(new Digest(store.digest(), 2), out);

        assertThat(written()).isEqualTo("RECONCILED\n");
        assertThat(reconciliation.done()).isTrue();
        assertThat(reconciliation.complete()).isFalse();
        reconciliation.reconciled();
        assertThat(reconciliation.complete()).isTrue();
    }

    @Test
    void anotherDigestIsAnsweredWithAllRecords() {
        reconciliation.begin(out);
        written();
        reconciliation.digest(new Digest(7, 0), out);
        assertThat(reconciliation.sending()).isTrue();

        reconciliation.send(out, 1_000);

        assertThat(written().lines())
                .containsExactlyInAnyOrder("AT Alford +0.1 kiwi +1+1 5", "AT Alford +0.1 plum +1+1 5", "RECONCILED");
        assertThat(reconciliation.done()).isTrue();
    }

    @Test
    void recordsAreSentInChunks() {
        reconciliation.begin(out);
        written();
        reconciliation.digest(new Digest(7, 0), out);

        reconciliation.send(out, 1);
        assertThat(written().lines()).hasSize(1);
        assertThat(reconciliation.sending()).isTrue();
        reconciliation.send(out, 1);
        assertThat(written().lines()).hasSize(1);
        reconciliation.send(out, 1);

        assertThat(written()).isEqualTo("RECONCILED\n");
    }

    @Test
    void aDigestOutOfTheBlueIsAnsweredWithOurs() {
        reconciliation.begin(out);
        reconciliation.digest(new Digest(store.digest(), 2), out);
        reconciliation.reconciled();
        written();

        reconciliation.digest(new Digest(7, 0), out);

        assertThat(written()).isEqualTo(digestLine());
        assertThat(reconciliation.sending()).isTrue();
        assertThat(reconciliation.complete()).isFalse();
    }

    @Test
    void ofManyRecordsOnlyTheDifferingOnesAreSent() {
        SimulatedHerd herd = new SimulatedHerd(2, new Random(1));
        for (int i = 0; i < 100_000; i++) {
            String line = "AT Alford +0.263873386 c%015d +34.068930-118.445127 1479413884.392014450".formatted(i);
            boolean missing = i % 2_000 == 0;
            boolean older = i % 2_000 == 1;
            herd.servers.get(0).herd.hear(Records.of(line), null);
            if (!missing) {
                herd.servers.get(1).herd.hear(Records.of(older ? line.replace("884.", "883.") : line), null);
            }
        }

        herd.connect(0, 1);
        herd.settle();

        assertThat(herd.servers.get(1).store.size()).isEqualTo(100_000);
        assertThat(herd.servers.get(1).store.digest())
                .isEqualTo(herd.servers.get(0).store.digest());
        assertThat(herd.reconciled()).isTrue();
        assertThat(herd.bytes).as("both ways").isLessThan(256 << 10);
    }

    @Test
    void whatIsStoredWhileTheyCompareIsNotMissed() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            SimulatedHerd herd = new SimulatedHerd(2, random);
            for (int i = 0; i < 300; i++) {
                herd.servers.get(random.nextInt(2)).report("+0.1", "client" + random.nextInt(200), "+1+1", "" + i);
            }
            herd.connect(0, 1);

            for (int i = 300; i < 600 || !herd.reconciled(); i++) {
                herd.step();
                herd.servers.get(random.nextInt(2)).report("+0.1", "client" + random.nextInt(400), "+1+1", "" + i);
            }
            herd.settle();

            assertThat(Records.all(herd.servers.get(0).store))
                    .as("seed %d", seed)
                    .isEqualTo(Records.all(herd.servers.get(1).store));
        }
    }

    /** Else the two would go on with different ranges, and one wait for what the other never tells. */
    @Test
    void whatIsToldIsWhatTheOtherOnesAreComparedWith() {
        Digest theirs = new Digest(7, 449);
        Reconciliation undisturbed = new Reconciliation(store);
        undisturbed.begin(out);
        undisturbed.digest(theirs, out);
        written();
        undisturbed.send(out, 1_000);
        String told = written();
        reconciliation.begin(out);
        reconciliation.digest(theirs, out);
        written();

        store.report(Records.of("AT Alford +0.1 late +1+1 5"));
        reconciliation.send(out, 1_000);

        assertThat(written()).isEqualTo(told).endsWith("COMPARED\n");
    }

    @Test
    void linesOfAnEarlierRoundAreNotTakenForThoseOfThisOne() {
        reconciliation.begin(out);

        assertThat(reconciliation.compared()).isTrue();
        assertThat(reconciliation.range(new RangeLine(0, 0, new long[16]))).isTrue();
        reconciliation.reconciled();
        reconciliation.digest(new Digest(store.digest(), 2), out);

        assertThat(reconciliation.done()).isTrue();
        assertThat(reconciliation.complete()).isFalse();
    }

    @Test
    void comparingThatNobodyAskedForIsUnexpected() {
        assertThat(reconciliation.compared()).isFalse();
        assertThat(reconciliation.range(new RangeLine(0, 0, new long[16]))).isFalse();
    }

    private String digestLine() {
        return "DIGEST %016x 2\n".formatted(store.digest());
    }

    private String written() {
        String text = new String(out.array(), 0, out.length(), ISO_8859_1);
        out.clear();
        return text;
    }
}
