package io.serverherd.operator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something took, each time it was done. Percentiles are values that occurred (nearest rank). */
final class Times {

    private final List<Duration> all = new ArrayList<>();

    void add(Duration time) {
        all.add(time);
    }

    /** @param from of {@link System#nanoTime()} */
    void add(long from, long to) {
        add(Duration.ofNanos(to - from));
    }

    int count() {
        return all.size();
    }

    Duration last() {
        return all.get(all.size() - 1);
    }

    Duration p50() {
        return percentile(50);
    }

    Duration p99() {
        return percentile(99);
    }

    Duration max() {
        return percentile(100);
    }

    private Duration percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * all.size());
        return all.stream().sorted().toList().get(Math.max(1, rank) - 1);
    }
}
