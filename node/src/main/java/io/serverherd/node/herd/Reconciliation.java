package io.serverherd.node.herd;

import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.PeerMessage.Digest;
import io.serverherd.node.protocol.RangeLine;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How the two ends of a link come to hold the same records: each says its digest; where they differ both go down the
 * levels of {@link RangeDigests}, each telling the digests of what the other might lack, until they know which small
 * ranges differ; then each sends its records of these, and RECONCILED. What is new while this goes on travels as ever, so
 * that nothing is missed: of two ends that find a range equal, each has all that the other held when it said so.
 *
 * <pre>
 *       begin: DIGEST out             their DIGEST differs                    the last level's two COMPARED
 * done ─────────────────▶ asked ───────────────────────────▶ comparing ───────────────────────────────▶ sending
 *   ▲                       │                                 │     ▲                                     │
 *   │                       │                                 └─────┘                                     │
 *   │                       │          a level: RANGE lines and COMPARED out, and the other end's in      │
 *   │                       │ their DIGEST is ours: RECONCILED out                 all sent: RECONCILED out│
 *   └───────────────────────┴─────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * Whether and how deep to compare follows from the two DIGESTs alone, so that both ends do the same. A DIGEST that comes
 * when none of ours is out begins a new round here too, so each DIGEST meets its own of the other end. The whole is
 * complete when this end is done and the other's RECONCILED has come.
 *
 * <p>Both ends draw the same conclusions, for each compares what it has told with what it was told: a level's digests are
 * summed up once, whatever is stored while they are told. Else one would go down into a range that the other takes for
 * settled, and wait for what is never told. It takes 128 KiB at most, and only while the two compare.
 */
public final class Reconciliation {
    private enum Stage {
        DONE,
        ASKED,
        COMPARING,
        SENDING
    }

    /** Records looked at in one go, whether they are sent or not: some ten microseconds. */
    private static final int LOOKED_AT = 1_024;

    private static final long[] NOTHING = {};

    private final LocationStore store;
    private final LocationRecord record = new LocationRecord();
    private Stage stage = Stage.DONE;
    private Digest said;
    /** The other end has sent all that it had to. */
    private boolean heard;

    /** How deep the two compare. */
    private int levels;
    /** The level whose ranges are told now: those of it that may differ. */
    private int level;

    private BitSet telling = new BitSet();
    /** What is told: the digests of their parts, each in the place of its number on the next level. */
    private long[] ours = NOTHING;

    private int toTell;
    /** COMPARED has gone out for this level, and come. */
    private boolean told;

    private boolean theyTold;
    /** The ranges of the next level that differ. */
    private BitSet differing = new BitSet();
    /** The ranges of the deepest level whose records are sent. */
    private final BitSet wanted = new BitSet();

    private int cursor;

    public Reconciliation(LocationStore store) {
        this.store = store;
    }

    /** Begins a round: appends our DIGEST. */
    public void begin(LineBuffer out) {
        stage = Stage.ASKED;
        heard = false;
        said = new Digest(store.digest(), store.size());
        PeerMessage.appendDigest(out, said);
    }

    /** The neighbour's DIGEST has come. */
    public void digest(Digest theirs, LineBuffer out) {
        if (stage != Stage.ASKED) {
            begin(out);
        }
        if (theirs.equals(said)) {
            finish(out);
            return;
        }
        stage = Stage.COMPARING;
        levels = RangeDigests.levels(said.records(), theirs.records());
        wanted.clear();
        differing.clear();
        differing.set(0);
        level = -1;
        descend();
    }

    /** The neighbour has told the digests of a range's parts. Returns whether that was to be expected. */
    public boolean range(RangeLine theirs) {
        if (stage != Stage.COMPARING
                || theirs.level() != level
                || theirs.digests().length != RangeDigests.parts(level)) {
            return stage == Stage.ASKED;
        }
        int parts = RangeDigests.parts(level);
        int first = theirs.range() * parts;
        for (int part = 0; part < parts; part++) {
            long our = ours[first + part];
            long their = theirs.digests()[part];
            if (our != 0 && their == 0) {
                want(level + 1, first + part);
            } else if (our != 0 && our != their) {
                differing.set(first + part);
            }
        }
        return true;
    }

    /** The neighbour has told all of this level. Returns whether that was to be expected. */
    public boolean compared() {
        if (stage != Stage.COMPARING || theyTold) {
            return stage == Stage.ASKED;
        }
        theyTold = true;
        descendWhenBothHaveTold();
        return true;
    }

    /** The neighbour's RECONCILED has come; before its DIGEST it is one of the round before. */
    public void reconciled() {
        heard |= stage != Stage.ASKED;
    }

    /** Whether {@link #send} has something to do. */
    public boolean sending() {
        return stage == Stage.SENDING || stage == Stage.COMPARING && !told;
    }

    /** Appends a part of what is to be sent: until there are {@code bytes} in the buffer, or it has taken long enough. */
    public void send(LineBuffer out, int bytes) {
        if (stage == Stage.COMPARING) {
            tell(out, bytes);
        } else {
            sendRecords(out, bytes);
        }
    }

    private void tell(LineBuffer out, int bytes) {
        while (out.length() < bytes) {
            int range = telling.nextSetBit(toTell);
            if (range < 0) {
                PeerMessage.append(out, PeerMessage.COMPARED);
                told = true;
                descendWhenBothHaveTold();
                return;
            }
            int parts = RangeDigests.parts(level);
            RangeLine.append(out, level, range, parts, part -> ours[range * parts + part]);
            toTell = range + 1;
        }
    }

    private void sendRecords(LineBuffer out, int bytes) {
        for (int i = 0; i < LOOKED_AT && out.length() < bytes; i++) {
            cursor = store.next(cursor, record);
            if (cursor == 0) {
                finish(out);
                return;
            }
            if (wanted.get(RangeDigests.leaf(record))) {
                record.appendLine(out);
            }
        }
    }

    /** Whether this end has sent what it had to. */
    public boolean done() {
        return stage == Stage.DONE;
    }

    /** Whether all that is missing has to come from the neighbour. */
    public boolean waits() {
        return stage == Stage.ASKED || stage == Stage.COMPARING && told || done() && !heard;
    }

    /** Whether both ends have. */
    public boolean complete() {
        return done() && heard;
    }

    private void descendWhenBothHaveTold() {
        if (told && theyTold) {
            descend();
        }
    }

    private void descend() {
        level++;
        if (level == levels) {
            differing.stream().forEach(range -> want(level, range));
            stage = Stage.SENDING;
            ours = NOTHING;
            cursor = 0;
            return;
        }
        BitSet spare = telling;
        telling = differing;
        toTell = 0;
        spare.clear();
        differing = spare;
        told = false;
        theyTold = false;
        sumUp();
    }

    private void sumUp() {
        int parts = RangeDigests.parts(level);
        ours = new long[RangeDigests.ranges(level + 1)];
        telling.stream()
                .flatMap(range -> IntStream.range(range * parts, (range + 1) * parts))
                .forEach(part -> ours[part] = store.digests().digest(level + 1, part));
    }

    private void want(int ofLevel, int range) {
        wanted.set(RangeDigests.firstLeaf(ofLevel, range), RangeDigests.firstLeaf(ofLevel, range + 1));
    }

    private void finish(LineBuffer out) {
        stage = Stage.DONE;
        ours = NOTHING;
        PeerMessage.append(out, PeerMessage.RECONCILED);
    }
}
