package io.serverherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long MILLI = 1_000_000;

    private final Timetable timetable = new Timetable(10_000, 0);

    @Test
    void soManyASecondAreDue() {
        assertThat(timetable.due(MILLI)).isEqualTo(10);
        ask(10);

        assertThat(timetable.due(MILLI)).isZero();
        assertThat(timetable.due(2 * MILLI)).isEqualTo(10);
        assertThat(timetable.since()).isEqualTo(2 * MILLI);
    }

    @Test
    void whatTheGeneratorOversleptIsLeftOut() {
        assertThat(timetable.due(50 * MILLI)).isEqualTo(20);
        ask(20);

        assertThat(timetable.due(51 * MILLI)).isEqualTo(10);
    }

    @Test
    void whatTheServerWasTooFullForCountsFromWhenItWasDue() {
        timetable.due(MILLI);
        ask(4);
        timetable.full();

        assertThat(timetable.due(5 * MILLI)).isEqualTo(46);
        assertThat(timetable.since()).isEqualTo(MILLI);
        ask(46);
        assertThat(timetable.due(6 * MILLI)).isEqualTo(10);
        assertThat(timetable.since()).isEqualTo(6 * MILLI);
    }

    private void ask(int requests) {
        for (int i = 0; i < requests; i++) {
            timetable.asked();
        }
    }
}
