package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.HerdLink;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.herd.Reconciliation;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.protocol.RecordParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One edge, seen from this end. The end whose server's name sorts first, by bytes, dials; the other one waits.
 *
 * <pre>
 *            start                connected               its hello
 *   IDLE ──────────▶ DIALLING ───────────────▶ GREETING ─────────────┐
 *    │                │   ▲ time              │ other line, closed,  │
 *    │                │   │                   │ nothing for 5 s      ▼
 *    │   failed, 5 s  └▶ BACKOFF ◀────────────┘                RECONCILING ──────────▶ LIVE
 *    │                    ▲         closed, or silent for 5 s    │     ▲    both done   │ │
 *    │                    └──────────────────────────────────────┴─────│──────────────┼─┘
 *    │  its hello came (the other end dials)                           │              │
 *    └─────────────────────────────────────────────────────────────────┤◀─────────────┘
 *                                                                        a DIGEST came, or it fell behind
 * </pre>
 *
 * At the end that waits, a lost connection leads to IDLE, and a further hello to RECONCILING with the new connection: the
 * old one is dead, though this end has not noticed. Stopping leads to IDLE from everywhere.
 *
 * <p>Records flow in RECONCILING and LIVE alike. While the neighbour does not keep up none are queued for it; when it
 * does again, the two reconcile.
 */
final class PeerLink implements HerdLink, PeerSocket.Listener {
    enum State {
        IDLE,
        DIALLING,
        GREETING,
        RECONCILING,
        LIVE,
        BACKOFF;

        /** The greeting is done: records flow. */
        boolean connected() {
            return this == RECONCILING || this == LIVE;
        }
    }

    /** For a connection, and then for its hello, in milliseconds. */
    static final long GREETING_TIMEOUT = 5_000;

    /** How often a connected link looks at what has happened, in milliseconds. */
    static final long TICK = 500;

    /** A PING goes out after so many ticks in which nothing did: at most 1.5 s, where 2 s are promised. */
    private static final int TICKS_TO_PING = 2;

    /** After 5 s without a byte the link is dead. */
    private static final int TICKS_TO_DEATH = 10;

    /** A neighbour that has sent neither record nor RECONCILED for 5 s does not take part in reconciling. */
    private static final int TICKS_TO_LIVE = 10;

    /** A link that was up for so long is not flapping: the next dial comes soon. In milliseconds. */
    private static final long STEADY = 5_000;

    /** Records are sent in chunks of so many bytes while reconciling, so that the loop sees to its clients in between. */
    private static final int CHUNK = 1 << 16;

    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

    private final PeerSettings settings;
    private final boolean dials;
    private final Backoff backoff;
    private final Counters counters;
    private final Reconciliation reconciliation;
    private final RecordParser parser = new RecordParser();
    private final LocationRecord record = new LocationRecord();

    private Neighbour neighbour;
    private State state = State.IDLE;
    private Instant since;
    private LoopTimer.Scheduled timeout = () -> {};
    /** Tells the dial under way from earlier ones, whose outcome comes too late. */
    private int dial;

    private PeerSocket socket;
    private long connectedAt;
    /** Records were left out, because the neighbour did not keep up. */
    private boolean behind;

    private boolean sendingSoon;
    private boolean everReconciled;
    /** What happened since the last tick, and for how many ticks it has not. */
    private boolean sent;

    private int ticksUnsent;
    private boolean received;
    private int ticksUnreceived;
    private boolean recordCame;
    private int ticksWithoutRecord;

    PeerLink(PeerSettings settings, Neighbour neighbour) {
        this.settings = settings;
        this.neighbour = neighbour;
        this.dials = dials(settings.server(), neighbour.server());
        this.backoff = new Backoff(settings.random());
        this.counters = settings.counters();
        this.reconciliation = new Reconciliation(settings.store());
        this.since = settings.clock().instant();
    }

    /** Whether this server is the one of the two that dials. */
    static boolean dials(String server, String neighbour) {
        return Arrays.compareUnsigned(bytes(server), bytes(neighbour)) < 0;
    }

    State state() {
        return state;
    }

    boolean dials() {
        return dials;
    }

    boolean everReconciled() {
        return everReconciled;
    }

    HerdSnapshot.Peer snapshot() {
        return new HerdSnapshot.Peer(neighbour.server(), state.connected(), since);
    }

    void start() {
        if (dials) {
            dial();
        }
    }

    /** The neighbour has another address. One that this end dials is dialled there. */
    void readdress(Neighbour to) {
        boolean moved = !to.equals(neighbour);
        neighbour = to;
        if (moved && dials) {
            drop();
            backoff.reset();
            become(State.IDLE, "its address changed");
            dial();
        }
    }

    void stop(String why) {
        if (state != State.IDLE) {
            drop();
            become(State.IDLE, why);
        }
    }

    /** The neighbour has dialled and said hello, on this socket. */
    void accepted(PeerSocket from) {
        if (state.connected()) {
            drop();
            become(State.IDLE, "it has dialled again");
        }
        PeerMessage.appendHello(from.out(), settings.herd(), settings.server());
        connected(from, "its hello came");
    }

    private void dial() {
        dial++;
        int attempt = dial;
        become(State.DIALLING, neighbour.host() + ":" + neighbour.port());
        settings.dialler().dial(neighbour, new Dialler.Outcome() {
            @Override
            public void connected(PeerSocket to) {
                if (attempt == dial && state == State.DIALLING) {
                    greet(to);
                } else {
                    to.close();
                }
            }

            @Override
            public void failed(String why) {
                if (attempt == dial && state == State.DIALLING) {
                    lost(why);
                }
            }
        });
    }

    private void greet(PeerSocket to) {
        socket = to;
        socket.listener(this);
        PeerMessage.appendHello(socket.out(), settings.herd(), settings.server());
        socket.flushLater();
        become(State.GREETING, "connected");
    }

    private void connected(PeerSocket to, String why) {
        socket = to;
        socket.listener(this);
        connectedAt = settings.timer().millis();
        behind = false;
        sent = true;
        received = true;
        counters.linksOpened++;
        counters.linksUp++;
        settings.flooding().attach(this);
        since = settings.clock().instant();
        beginReconciling(why);
    }

    private void beginReconciling(String why) {
        behind = false;
        reconciliation.begin(socket.out());
        flush();
        become(State.RECONCILING, why);
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
    public void line(byte[] buf, int from, int to) {
        if (state == State.GREETING) {
            hello(buf, from, to);
        } else if (parser.parse(buf, from, to, record)) {
            recordCame = true;
            settings.flooding().hear(record, this);
        } else {
            message(buf, from, to);
        }
    }

    @Override
    public String name() {
        return neighbour.server();
    }

    @Override
    public void received() {
        received = true;
    }

    @Override
    public void writable() {
        if (state.connected()) {
            proceed();
        }
    }

    @Override
    public void closed(String why) {
        lost(why);
    }

    private void hello(byte[] buf, int from, int to) {
        boolean right = PeerMessage.helloServer(buf, from, to, settings.herd())
                .filter(neighbour.server()::equals)
                .isPresent();
        if (right) {
            connected(socket, "its hello came");
        } else {
            lost("its first line is not the hello of " + settings.herd() + " " + neighbour.server());
        }
    }

    private void message(byte[] buf, int from, int to) {
        switch (PeerMessage.of(buf, from, to)) {
            case DIGEST -> PeerMessage.digest(buf, from, to).ifPresentOrElse(this::digest, this::unknown);
            case RECONCILED -> reconciliation.reconciled();
            case AT -> counters.recordsRefusedMalformed++;
            case PING -> {
                // That it came is all it says.
            }
            case PEER, UNKNOWN -> unknown();
        }
        proceed();
    }

    private void digest(long theirs) {
        reconciliation.digest(theirs, socket.out());
        flush();
        if (state == State.LIVE) {
            become(State.RECONCILING, "its digest came");
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
        boolean done = reconciliation.complete() || reconciliation.done() && ticksWithoutRecord >= TICKS_TO_LIVE;
        if (state == State.RECONCILING && done) {
            everReconciled = true;
            become(State.LIVE, reconciliation.complete() ? "reconciled" : "it does not reconcile");
        }
        if (state == State.LIVE && behind && socket.writable()) {
            beginReconciling("it keeps up again");
        }
    }

    private void sendRecords() {
        sendingSoon = false;
        if (state.connected() && reconciliation.sending()) {
            reconciliation.send(socket.out(), CHUNK);
            flush();
            proceed();
        }
    }

    private void tick() {
        ticksUnsent = sent ? 0 : ticksUnsent + 1;
        ticksUnreceived = received ? 0 : ticksUnreceived + 1;
        ticksWithoutRecord = recordCame ? 0 : ticksWithoutRecord + 1;
        sent = false;
        received = false;
        recordCame = false;
        if (ticksUnreceived >= TICKS_TO_DEATH) {
            lost("nothing came for 5 s");
            return;
        }
        if (ticksUnsent >= TICKS_TO_PING) {
            PeerMessage.append(socket.out(), PeerMessage.PING);
            flush();
        }
        timeout = settings.timer().after(TICK, this::tick);
        proceed();
    }

    private void flush() {
        sent = true;
        socket.flushLater();
    }

    private void lost(String why) {
        drop();
        become(dials ? State.BACKOFF : State.IDLE, why);
    }

    /** Leaves the socket behind, whatever it was used for. */
    private void drop() {
        if (state.connected()) {
            settings.flooding().detach(this);
            counters.linksUp--;
            counters.linksLost++;
            since = settings.clock().instant();
            if (settings.timer().millis() - connectedAt >= STEADY) {
                backoff.reset();
            }
        }
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** The one place where the state changes. */
    private void become(State next, String why) {
        log.atLevel(level(next))
                .addKeyValue("peer", neighbour.server())
                .addKeyValue("from", state)
                .addKeyValue("to", next)
                .addKeyValue("why", why)
                .log("peer.link");
        boolean staysConnected = state.connected() && next.connected();
        state = next;
        if (staysConnected) {
            ticksWithoutRecord = 0;
            return;
        }
        timeout.cancel();
        LoopTimer timer = settings.timer();
        timeout = switch (next) {
            case IDLE -> () -> {};
            case DIALLING -> timer.after(GREETING_TIMEOUT, () -> lost("no connection within 5 s"));
            case GREETING -> timer.after(GREETING_TIMEOUT, () -> lost("no hello within 5 s"));
            case RECONCILING, LIVE -> {
                ticksUnsent = 0;
                ticksUnreceived = 0;
                ticksWithoutRecord = 0;
                yield timer.after(TICK, this::tick);
            }
            case BACKOFF -> timer.after(backoff.next(), this::dial);
        };
    }

    /** A lost link is for a person to look at; that a neighbour still can't be reached is worth a line once. */
    private Level level(State next) {
        if (state.connected() && !next.connected()) {
            return Level.WARN;
        }
        boolean news = next.connected() || next == State.BACKOFF && backoff.fresh();
        return news ? Level.INFO : Level.DEBUG;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
