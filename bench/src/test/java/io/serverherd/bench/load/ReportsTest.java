package io.serverherd.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportsTest {
    @Test
    void aReportTellsHowOldItIs() {
        Reports reports = new Reports("Alford", 10);
        ByteBuffer line = ByteBuffer.allocate(reports.longest());
        long before = System.nanoTime();
        reports.ask(3, line);

        long age = reports.age(line.array(), line.position() - 1);

        assertThat(age).isBetween(0L, System.nanoTime() - before);
        assertThat(reports.age(line.array(), line.position() - 1)).isGreaterThanOrEqualTo(age);
        assertThat(age).isLessThan(TimeUnit.SECONDS.toNanos(60));
    }
}
