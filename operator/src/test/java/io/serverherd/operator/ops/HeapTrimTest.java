package io.serverherd.operator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeapTrimTest {
    private final AtomicLong work = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();

    @Test
    void collectsOnceWhenWorkHasCeased() {
        try (HeapTrim trim = new HeapTrim(work::get, collections::incrementAndGet)) {
            work.set(3);
            trim.look();
            assertThat(collections).hasValue(0);

            trim.look();
            trim.look();

            assertThat(collections).hasValue(1);
        }
    }

    @Test
    void collectsAgainAfterMoreWork() {
        try (HeapTrim trim = new HeapTrim(work::get, collections::incrementAndGet)) {
            work.set(3);
            trim.look();
            trim.look();
            work.set(4);
            trim.look();
            assertThat(collections).hasValue(1);

            trim.look();

            assertThat(collections).hasValue(2);
        }
    }

    @Test
    void collectsNothingWhereNothingWasDone() {
        try (HeapTrim trim = new HeapTrim(work::get, collections::incrementAndGet)) {
            trim.look();
            trim.look();

            assertThat(collections).hasValue(0);
        }
    }
}
