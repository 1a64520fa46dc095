package io.serverherd.node.herd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.LineBuffer;
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

        assertThat(written()).isEqualTo("DIGEST %016x\n".formatted(store.digest()));
        assertThat(reconciliation.done()).isFalse();
    }

    @Test
    void anEqualDigestEndsIt() {
        reconciliation.begin(out);
        written();

        reconciliation.digest(store.digest(), out);

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
        reconciliation.digest(7, out);
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
        reconciliation.digest(7, out);

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
        reconciliation.digest(store.digest(), out);
        reconciliation.reconciled();
        written();

        reconciliation.digest(7, out);

        assertThat(written()).isEqualTo("DIGEST %016x\n".formatted(store.digest()));
        assertThat(reconciliation.sending()).isTrue();
        assertThat(reconciliation.complete()).isFalse();
    }

    private String written() {
        String text = new String(out.array(), 0, out.length(), ISO_8859_1);
        out.clear();
        return text;
    }
}
