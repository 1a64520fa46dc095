package io.serverherd.node.net;

import io.serverherd.node.protocol.LineBuffer;
import java.util.ArrayDeque;

/**
 * The replies of a connection that wait for Places, and those that wait behind them: replies leave in the order of the
 * requests. A connection has a queue only while something waits.
 */
final class ReplyQueue {
    /** A WHATSAT under way. */
    static final class Pending {
        /** The AT line, and behind the answer the replies to later lines. */
        private final LineBuffer at;

        private final LineBuffer behind = new LineBuffer(64);
        private byte[] answer;

        private Pending(LineBuffer at) {
            this.at = at;
        }

        void answered(byte[] places) {
            answer = places;
        }

        private int bytes() {
            return at.length() + behind.length() + (answer == null ? 0 : answer.length);
        }
    }

    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();

    /** Notes a WHATSAT whose answer is to come, behind this AT line. */
    Pending add(LineBuffer at) {
        Pending pending = new Pending(at);
        waiting.add(pending);
        return pending;
    }

    /** Where replies to later lines go. */
    LineBuffer tail() {
        return waiting.getLast().behind;
    }

    /** Moves the replies that wait for nothing any more. */
    void drainTo(LineBuffer out) {
        while (!waiting.isEmpty() && waiting.getFirst().answer != null) {
            Pending first = waiting.removeFirst();
            out.append(first.at.array(), 0, first.at.length());
            out.append(first.answer);
            out.append(first.behind.array(), 0, first.behind.length());
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /** All bytes held here. */
    int bytes() {
        int bytes = 0;
        for (Pending pending : waiting) {
            bytes += pending.bytes();
        }
        return bytes;
    }
}
