package io.serverherd.node.peer;

import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.metrics.Counters;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What all links of a server share.
 *
 * @param herd     the herd's name
 * @param server   this server's name
 * @param flooding the rule that new records follow
 * @param store    what is reconciled
 * @param lastSecond records of neighbours may not be later, in POSIX seconds
 * @param random   0 to 1, to spread dials in time
 */
record PeerSettings(
        String herd,
        String server,
        Herd flooding,
        LocationStore store,
        Dialler dialler,
        LoopTimer timer,
        InstantSource clock,
        LongSupplier lastSecond,
        DoubleSupplier random,
        Counters counters) {}
