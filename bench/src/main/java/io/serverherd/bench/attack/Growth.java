package io.serverherd.bench.attack;

import io.serverherd.bench.report.Report;
import java.io.IOException;

/** By how much a node's memory grows from now on, at the most of all looks. */
final class Growth {
    private final Besieged besieged;
    private final long before;
    private long most;

    Growth(Besieged besieged) throws IOException {
        this.besieged = besieged;
        before = besieged.footprint().rss();
        most = before;
    }

    void look() throws IOException {
        most = Math.max(most, besieged.footprint().rss());
    }

    String text() {
        return "at most +" + Report.number(Footprint.mebi(most - before)) + " MiB";
    }
}
