package io.serverherd.bench.attack;

import io.serverherd.bench.load.NodeServer;
import java.io.IOException;

/** What hostile clients do to a node: a row of acts, one after the other, at a pace of their own. */
interface Attack {
    /** Honest clients' p99 may grow so many times where connections are only held. */
    double HOLDS = 1.2;
    /** The same where the node has work to do. */
    double COSTS = 1.5;

    Plan plan();

    /** Gets ready. The same attack begins and ends again and again. */
    void begin(NodeServer node) throws IOException;

    /**
     * Goes on a bit; always called by the same thread.
     *
     * @return how many units were done
     */
    int act() throws IOException;

    /** Leaves the node alone: all connections are closed, whatever they wait for. */
    void end() throws IOException;

    /**
     * After it was measured it goes on until this is so: whatever the node does about it takes longer than a window. From
     * the thread that does not act.
     *
     * @param counted by how much the node's metric has grown since it began
     */
    default boolean isOver(double counted) {
        return true;
    }

    /** What there is to say beyond the metric, of all that was done; empty: nothing. */
    default String remark() {
        return "";
    }
}
