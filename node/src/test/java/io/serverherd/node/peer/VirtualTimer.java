package io.serverherd.node.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A loop's timer whose time passes when the test says so. */
final class VirtualTimer implements LoopTimer {
    private final List<Entry> entries = new ArrayList<>();
    private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
    private long now = 1_000_000;
    private long sequence;

    private record Entry(long at, long sequence, Runnable task) {}

    @Override
    public Scheduled after(long millis, Runnable task) {
        Entry entry = new Entry(now + millis, sequence++, task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    @Override
    public void soon(Runnable task) {
        soon.add(task);
    }

    @Override
    public long millis() {
        return now;
    }

    /** How many things are scheduled. */
    int pending() {
        return entries.size();
    }

    void runSoon() {
        while (!soon.isEmpty()) {
            soon.poll().run();
        }
    }

    void pass(long millis) {
        long end = now + millis;
        runSoon();
        while (true) {
            Entry next = entries.stream()
                    .filter(entry -> entry.at <= end)
                    .min(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::sequence))
                    .orElse(null);
            if (next == null) {
                break;
            }
            entries.remove(next);
            now = next.at;
            next.task.run();
            runSoon();
        }
        now = end;
    }
}
