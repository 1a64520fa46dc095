package io.serverherd.bench.attack;

import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.Latencies;
import io.serverherd.bench.load.Load;
import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.Reports;
import io.serverherd.bench.load.Rounds;
import io.serverherd.bench.load.Shape;
import io.serverherd.bench.load.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A neighbour that does not read, while 50,000 clients make 2,000 reports a second: how long records take to another
 * neighbour by turns without and with it, and then what a long stall leaves behind.
 */
final class Stall implements AutoCloseable {
    private static final int CLIENTS = 50_000;
    private static final int PER_SECOND = 2_000;
    /** To have every client report once: some of what the kernels hold for a neighbour that does not read. */
    private static final Duration FILLING = Duration.ofMillis(1_200);

    /** So often at most. */
    private static final int FILLINGS = 20;

    private static final Shape SHAPE = new Shape(50, 16);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final String HELD_BACK = "serverherd_records_held_back_total";
    private static final double NANOS = 1e9;

    private final Besieged besieged;
    private final NodeServer node;
    private final Reports reports;
    private final Load load;
    private final Neighbour reader;
    private final Neighbour staller;

    /** Returns when both neighbours hold what the node holds. */
    Stall(Besieged besieged) throws IOException {
        this.besieged = besieged;
        node = besieged.node();
        reports = node.dialogue(CLIENTS);
        load = new Load(node, reports, SHAPE);
        reader = new Neighbour(Besieged.READER, node.peerAddress(), reports);
        staller = new Neighbour(Besieged.STALLER, node.peerAddress(), reports);
        report();
        awaitEqual(staller);
    }

    /** What comes of it, the long stall included. */
    Outcome measure(Comparison comparison, Duration stall) throws IOException {
        Footprint before = besieged.atRest();
        double lost = node.metric("serverherd_links_lost_total");
        double heldBack = node.metric(HELD_BACK);
        Rounds rounds = comparison.byTurns(List.of(() -> flood(comparison.window()), () -> {
            stop();
            Window window = flood(comparison.window());
            goOn();
            return window;
        }));
        String remark = stall(stall);
        String answer = "records_held_back_total +%,.0f, links_lost_total +%.0f; %s"
                .formatted(
                        node.metric(HELD_BACK) - heldBack, node.metric("serverherd_links_lost_total") - lost, remark);
        return new Outcome(
                "a neighbour that does not read", Attack.HOLDS, "nothing", rounds, answer, before, besieged.atRest());
    }

    /** Has a neighbour stall and go on for a while, without measuring it. */
    void suffer(Duration time) throws IOException {
        stall(time);
    }

    private String stall(Duration time) throws IOException {
        Growth growth = new Growth(besieged);
        stop();
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minus(GLANCE)) {
            load.run(PER_SECOND, Duration.ZERO, GLANCE);
            growth.look();
        }
        long from = System.nanoTime();
        goOn();
        return "RSS in a stall of %d s %s, %.2f s later both ends equal"
                .formatted(time.toSeconds(), growth.text(), (System.nanoTime() - from) / NANOS);
    }

    /** Returns when the kernels take no more for the neighbour, and the node holds records back. */
    private void stop() throws IOException {
        double before = node.metric(HELD_BACK);
        staller.stopReading();
        for (int i = 0; node.metric(HELD_BACK) == before; i++) {
            if (i == FILLINGS) {
                throw new IOException("the kernels take all that a neighbour does not read: nothing can be measured");
            }
            report();
        }
    }

    private void goOn() throws IOException {
        staller.readAgain();
        awaitEqual(staller);
    }

    private void report() throws IOException {
        load.run((int) (CLIENTS / FILLING.toMillis() * 1_100), Duration.ZERO, FILLING);
        awaitEqual(reader);
    }

    private void awaitEqual(Neighbour neighbour) throws IOException {
        node.await("a neighbour holds the same", () -> neighbour.held().equals(node.held()));
    }

    /** How long records take to the neighbour that reads. */
    private Window flood(Duration window) throws IOException {
        load.run(PER_SECOND, Duration.ZERO, window.dividedBy(10));
        reader.latencies();
        Window reported = load.run(PER_SECOND, Duration.ZERO, window);
        awaitEqual(reader);
        Latencies took = reader.latencies();
        return new Window(
                reported.messages(), took.percentile(50), took.percentile(99), reported.cpu(), reported.others());
    }

    @Override
    public void close() throws IOException {
        try (load;
                reader) {
            staller.close();
        }
    }
}
