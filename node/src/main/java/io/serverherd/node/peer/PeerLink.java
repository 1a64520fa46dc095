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
 * <p>A link that has TLS where the edge goes without, or the reverse, is replaced while it stands: the end that dials
 * dials beside it, and leaves it when the new connection's hello has come. One without TLS where TLS is required is closed
 * when that has not come to pass for 5 s.
 *
 * <p>What goes over the connection in RECONCILING and LIVE is the {@link LinkSession}'s.
 */
final class PeerLink implements LinkSession.Observer, DialAttempt.Observer {
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

    /** How long a link may stand without the TLS that has come to be required, in milliseconds. */
    private static final long PATIENCE_WITH_PLAIN = 5_000;

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
    /** Under way, beside the link or towards it; null: none. */
    private DialAttempt attempt;
    /** The next one, of those beside the link. */
    private LoopTimer.Scheduled nextAttempt = () -> {};
    /** Closes a link that is without the TLS it needs. */
    private LoopTimer.Scheduled plainTooLong = () -> {};

    /** Both null while not connected. */
    private PeerSocket socket;

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
        return new HerdSnapshot.Peer(neighbour.server(), state.connected(), since, encrypted());
    }

    boolean requiresTls() {
        return neighbour.tls();
    }

    private boolean encrypted() {
        return socket != null && socket.proven().isPresent();
    }

    void start() {
        if (dials) {
            dial();
        }
    }

    /** The neighbour has another address, where this end dials it anew, or goes with TLS from now on, or without. */
    void reconfigure(Neighbour to) {
        boolean moved = !to.host().equals(neighbour.host()) || to.port() != neighbour.port();
        boolean switched = to.tls() != neighbour.tls();
        neighbour = to;
        if (moved && dials) {
            redial("its address changed");
        } else if (switched && state.connected()) {
            switchTls();
        } else if (switched && dials) {
            redial(to.tls() ? "it goes with TLS now" : "it goes without TLS now");
        }
    }

    private void redial(String why) {
        cancelAttempt();
        drop();
        backoff.reset();
        become(State.IDLE, why);
        dial();
    }

    /** Does not wait any longer, where it waits to dial. */
    void dialNow() {
        if (state == State.BACKOFF) {
            backoff.reset();
            dial();
        } else {
            nextAttempt.cancel();
            replace();
        }
    }

    void stop(String why) {
        if (state != State.IDLE) {
            cancelAttempt();
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
        if (!state.connected()) {
            become(State.DIALLING, neighbour.host() + ":" + neighbour.port());
        }
        attempt = new DialAttempt(settings, neighbour, this);
        attempt.start();
    }

    private void cancelAttempt() {
        nextAttempt.cancel();
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
    }

    @Override
    public void greeting() {
        if (!state.connected()) {
            become(State.GREETING, "connected");
        }
    }

    @Override
    public void reached(PeerSocket to) {
        attempt = null;
        drop();
        connected(to);
    }

    @Override
    public void failed(String why) {
        attempt = null;
        if (state.connected()) {
            log.atLevel(backoff.fresh() ? Level.INFO : Level.DEBUG)
                    .addKeyValue("peer", neighbour.server())
                    .addKeyValue("tls", neighbour.tls())
                    .addKeyValue("why", why)
                    .log("peer.link-not-replaced");
            nextAttempt = settings.timer().after(backoff.next(), this::replace);
        } else {
            become(State.BACKOFF, why);
        }
    }

    private void connected(PeerSocket to) {
        socket = to;
        session = new LinkSession(settings, neighbour.server(), socket, this);
        connectedAt = settings.timer().millis();
        since = settings.clock().instant();
        session.start("its hello came");
    }

    private void switchTls() {
        cancelAttempt();
        plainTooLong.cancel();
        if (neighbour.tls() && !encrypted()) {
            plainTooLong = settings.timer()
                    .after(PATIENCE_WITH_PLAIN, () -> lost("it is without TLS, which the edge has come to require"));
        }
        replace();
    }

    /** Dials beside a link that has TLS where the edge goes without, or the reverse. */
    private void replace() {
        if (dials && state.connected() && encrypted() != neighbour.tls() && attempt == null) {
            dial();
        }
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
        if (attempt != null) {
            become(attempt.isGreeting() ? State.GREETING : State.DIALLING, why);
        } else {
            become(dials ? State.BACKOFF : State.IDLE, why);
        }
    }

    /** Leaves the connection behind, if there is one. */
    private void drop() {
        if (session == null) {
            return;
        }
        nextAttempt.cancel();
        plainTooLong.cancel();
        session.end();
        session = null;
        socket.close();
        socket = null;
        since = settings.clock().instant();
        if (settings.timer().millis() - connectedAt >= STEADY) {
            backoff.reset();
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
        timeout = next == State.BACKOFF ? settings.timer().after(backoff.next(), this::dial) : () -> {};
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
