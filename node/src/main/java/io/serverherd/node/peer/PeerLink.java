package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.protocol.PeerMessage;
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
 *          start              connected              its hello               both done
 *   IDLE ─────────▶ DIALLING ──────────▶ GREETING ────────────▶ RECONCILING ───────────▶ LIVE
 *    │               │    ▲               │                      │   ▲   ▲               │ │
 *    │   failed, 5 s │    │ time          │ other line,          │   │   └───────────────┘ │
 *    │               ▼    │               │ closed, 5 s          │   │   its DIGEST came,  │
 *    │               BACKOFF ◀────────────┴──────────────────────┤   │   or it fell behind │
 *    │                          closed, or silent for 5 s        └───│─────────────────────┘
 *    └───────────────────────────────────────────────────────────────┘
 *                        its hello came: the other end dials
 * </pre>
 *
 * At the end that waits, a lost connection leads to IDLE, and a further hello to RECONCILING with the new connection: the
 * old one is dead, though this end has not noticed. Stopping leads to IDLE from everywhere.
 *
 * <p>What goes over the connection in RECONCILING and LIVE is the {@link LinkSession}'s.
 */
final class PeerLink implements PeerSocket.Listener, LinkSession.Observer {
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

    /** A link that was up for so long is not flapping: the next dial comes soon. In milliseconds. */
    private static final long STEADY = 5_000;

    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

    private final PeerSettings settings;
    private final boolean dials;
    private final Backoff backoff;

    private Neighbour neighbour;
    private State state = State.IDLE;
    private Instant since;
    private LoopTimer.Scheduled timeout = () -> {};
    /** Tells the dial under way from earlier ones, whose outcome comes too late. */
    private int dial;

    private PeerSocket socket;
    /** Null until the hello has come. */
    private LinkSession session;

    private long connectedAt;
    private boolean everReconciled;

    PeerLink(PeerSettings settings, Neighbour neighbour) {
        this.settings = settings;
        this.neighbour = neighbour;
        this.dials = dials(settings.server(), neighbour.server());
        this.backoff = new Backoff(settings.random());
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
        connected(from);
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

    private void hello(byte[] buf, int from, int to) {
        boolean right = PeerMessage.helloServer(buf, from, to, settings.herd())
                .filter(neighbour.server()::equals)
                .isPresent();
        if (right) {
            connected(socket);
        } else {
            lost("its first line is not the hello of " + settings.herd() + " " + neighbour.server());
        }
    }

    private void connected(PeerSocket to) {
        socket = to;
        socket.listener(this);
        session = new LinkSession(settings, socket, this);
        connectedAt = settings.timer().millis();
        since = settings.clock().instant();
        session.start("its hello came");
    }

    @Override
    public void reconciling(String why) {
        become(State.RECONCILING, why);
    }

    @Override
    public void live(String why) {
        everReconciled = true;
        become(State.LIVE, why);
    }

    @Override
    public void lost(String why) {
        drop();
        become(dials ? State.BACKOFF : State.IDLE, why);
    }

    @Override
    public String name() {
        return neighbour.server();
    }

    @Override
    public void line(byte[] buf, int from, int to) {
        if (session == null) {
            hello(buf, from, to);
        } else {
            session.line(buf, from, to);
        }
    }

    @Override
    public void received() {
        if (session != null) {
            session.received();
        }
    }

    @Override
    public void writable() {
        if (session != null) {
            session.writable();
        }
    }

    @Override
    public void closed(String why) {
        lost(why);
    }

    /** Leaves the connection behind, whatever it was used for. */
    private void drop() {
        if (session != null) {
            session.end();
            session = null;
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
        state = next;
        timeout.cancel();
        LoopTimer timer = settings.timer();
        timeout = switch (next) {
            case DIALLING -> timer.after(GREETING_TIMEOUT, () -> lost("no connection within 5 s"));
            case GREETING -> timer.after(GREETING_TIMEOUT, () -> lost("no hello within 5 s"));
            case BACKOFF -> timer.after(backoff.next(), this::dial);
            case IDLE, RECONCILING, LIVE -> () -> {};
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
