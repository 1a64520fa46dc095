package io.serverherd.node.herd;

import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;

/**
 * How the two ends of a link come to hold the same records: each says its digest, and where they differ each sends all
 * that it holds, then RECONCILED. What is new while this goes on travels as ever, so that nothing is missed.
 *
 * <pre>
 *       begin: DIGEST out             their DIGEST differs               all sent: RECONCILED out
 * done ─────────────────▶ asked ───────────────────────────▶ sending ─────────────────────────────▶ done
 *   ▲                       │ their DIGEST is ours: RECONCILED out
 *   └───────────────────────┘
 * </pre>
 *
 * A DIGEST that comes when none of ours is out begins a new round here too. The whole is complete when this end is done
 * and the other's RECONCILED has come.
 */
public final class Reconciliation {
    private enum Stage {
        DONE,
        ASKED,
        SENDING
    }

    private final LocationStore store;
    private final LocationRecord record = new LocationRecord();
    private Stage stage = Stage.DONE;
    private int cursor;
    private boolean heard;

    public Reconciliation(LocationStore store) {
        this.store = store;
    }

    /** Begins a round: appends our DIGEST. */
    public void begin(LineBuffer out) {
        stage = Stage.ASKED;
        heard = false;
        PeerMessage.appendDigest(out, store.digest());
    }

    /** The neighbour's DIGEST has come. */
    public void digest(long theirs, LineBuffer out) {
        if (stage != Stage.ASKED) {
            begin(out);
        }
        if (theirs == store.digest()) {
            finish(out);
        } else {
            stage = Stage.SENDING;
            cursor = 0;
        }
    }

    /** The neighbour's RECONCILED has come. */
    public void reconciled() {
        heard = true;
    }

    /** Whether {@link #send} has something to do. */
    public boolean sending() {
        return stage == Stage.SENDING;
    }

    /** Appends records until there are {@code bytes} in the buffer or, after the last one, RECONCILED. */
    public void send(LineBuffer out, int bytes) {
        while (out.length() < bytes) {
            cursor = store.next(cursor, record);
            if (cursor == 0) {
                finish(out);
                return;
            }
            record.appendLine(out);
        }
    }

    /** Whether this end has sent what it had to. */
    public boolean done() {
        return stage == Stage.DONE;
    }

    /** Whether all that is missing has to come from the neighbour. */
    public boolean waits() {
        return stage == Stage.ASKED || done() && !heard;
    }

    /** Whether both ends have. */
    public boolean complete() {
        return done() && heard;
    }

    private void finish(LineBuffer out) {
        stage = Stage.DONE;
        PeerMessage.append(out, PeerMessage.RECONCILED);
    }
}
