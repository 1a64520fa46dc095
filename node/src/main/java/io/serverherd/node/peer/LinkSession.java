package io.serverherd.node.peer;

import io.serverherd.node.herd.HerdLink;
import io.serverherd.node.herd.Reconciliation;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.RangeLine;
import io.serverherd.node.protocol.RecordParser;

/**
 * What goes over one connection after the hello, until it is lost: new records both ways from the first moment on,
 * reconciliation beside them, and PING when there is nothing else. While the neighbour does not keep up nothing is queued
 * for it; when it does again, the two reconcile.
 */
final class LinkSession implements HerdLink, PeerSocket.Listener {
    /** Who is told how it goes. */
    interface Observer {
        /** The two ends begin to reconcile, for the first time or again. */
        void reconciling(String why);

        /** They have. */
        void live(String why);

        /** The connection is of no use any more. */
        void lost(String why);
    }

    /** While reconciling, records are sent in chunks of so many bytes, so that the loop sees to its clients in between. */
    private static final int CHUNK = 1 << 16;

    /** After more lines than this that no version of a server would send the link is closed. */
    private static final int GARBAGE = 100;

    private final PeerSettings settings;
    private final String neighbour;
    private final PeerSocket socket;
    private final Observer observer;
    private final Counters counters;
    private final Reconciliation reconciliation;
    private final Heartbeat heartbeat = new Heartbeat();
    private final RecordParser parser = new RecordParser();
    private final LocationRecord record = new LocationRecord();
    private LoopTimer.Scheduled nextTick = () -> {};
    /** A record of a later one is not taken: one broken clock must not pin a client for years. */
    private long lastSecond;

    private int garbage;
    private boolean ended;
    /** Reconciled, as far as can be known. */
    private boolean live;
    /** Records were left out, because the neighbour did not keep up. */
    private boolean behind;

    private boolean sendingSoon;

    LinkSession(PeerSettings settings, String neighbour, PeerSocket socket, Observer observer) {
        this.settings = settings;
        this.neighbour = neighbour;
        this.socket = socket;
        this.observer = observer;
        this.counters = settings.counters();
        this.reconciliation = new Reconciliation(settings.store());
    }

    void start(String why) {
        socket.listener(this);
        counters.linksOpened++;
        counters.linksUp++;
        settings.flooding().attach(this);
        nextTick = settings.timer().after(Heartbeat.TICK, this::tick);
        reconcile(why);
    }

    /** The connection is gone, or is to go. */
    void end() {
        ended = true;
        counters.linksUp--;
        counters.linksLost++;
        settings.flooding().detach(this);
        nextTick.cancel();
    }

    @Override
    public void offer(byte[] buf, int from, int to) {
        if (!socket.writable()) {
            behind = true;
            counters.linesHeldBack++;
            return;
        }
        socket.out().append(buf, from, to);
        flush();
        counters.linesFlooded++;
    }

    @Override
    public String name() {
        return neighbour;
    }

    @Override
    public void closed(String why) {
        observer.lost(why);
    }

    @Override
    public void line(byte[] buf, int from, int to) {
        if (parser.parse(buf, from, to, record)) {
            record();
            return;
        }
        switch (PeerMessage.of(buf, from, to)) {
            case DIGEST -> PeerMessage.digest(buf, from, to).ifPresentOrElse(this::digest, this::unknown);
            case RANGE ->
                expected(RangeLine.read(buf, from, to)
                        .filter(reconciliation::range)
                        .isPresent());
            case COMPARED -> expected(reconciliation.compared());
            case RECONCILED -> reconciliation.reconciled();
            case AT -> {
                counters.recordsRefusedMalformed++;
                garbage();
            }
            case PING -> {
                // That it came is all it says.
            }
            case PEER, UNKNOWN -> unknown();
            case GARBAGE -> {
                unknown();
                garbage();
            }
        }
        if (!ended) {
            proceed();
        }
    }

    @Override
    public void received() {
        heartbeat.received();
        lastSecond = settings.lastSecond().getAsLong();
    }

    private void record() {
        heartbeat.recordCame();
        if (parser.seconds() > lastSecond) {
            counters.recordsRefusedFuture++;
        } else {
            settings.flooding().hear(record, this);
        }
    }

    @Override
    public void writable() {
        proceed();
    }

    private void reconcile(String why) {
        behind = false;
        reconciliation.begin(socket.out());
        flush();
        reconciling(why);
    }

    private void digest(PeerMessage.Digest theirs) {
        reconciliation.digest(theirs, socket.out());
        flush();
        if (live) {
            reconciling("its digest came");
        }
    }

    private void reconciling(String why) {
        live = false;
        heartbeat.recordCame();
        observer.reconciling(why);
    }

    private void expected(boolean was) {
        if (!was) {
            unknown();
        }
    }

    private void garbage() {
        garbage++;
        if (garbage > GARBAGE) {
            observer.lost("it sent more than " + GARBAGE + " lines that no server sends");
        }
    }

    private void unknown() {
        counters.peerLinesUnknown++;
    }

    /** Goes on with what can go on: sending records, going live, catching up. */
    private void proceed() {
        if (reconciliation.sending()) {
            if (!sendingSoon && socket.writable()) {
                sendingSoon = true;
                settings.timer().soon(this::sendRecords);
            }
            return;
        }
        if (!live && reconciliation.complete()) {
            live = true;
            observer.live("reconciled");
        } else if (!live && reconciliation.waits() && heartbeat.isQuiet()) {
            live = true;
            observer.live("it does not reconcile");
        }
        if (live && behind && socket.writable() && reconciliation.done()) {
            reconcile("it keeps up again");
        }
    }

    private void sendRecords() {
        sendingSoon = false;
        if (!ended && reconciliation.sending()) {
            reconciliation.send(socket.out(), CHUNK);
            flush();
            proceed();
        }
    }

    private void tick() {
        heartbeat.tick();
        if (heartbeat.isDead()) {
            observer.lost("nothing came for 5 s");
            return;
        }
        if (heartbeat.pingIsDue()) {
            PeerMessage.append(socket.out(), PeerMessage.PING);
            flush();
        }
        nextTick = settings.timer().after(Heartbeat.TICK, this::tick);
        proceed();
    }

    private void flush() {
        heartbeat.sent();
        socket.flushLater();
    }
}
