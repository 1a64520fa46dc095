package io.serverherd.node.peer;

import io.serverherd.node.protocol.PeerMessage;
import io.serverherd.node.tls.Refusal;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted connection until its first line has come. That line must be the hello of a neighbour which dials us, and
 * which TLS has shown to be that neighbour where the edge requires it; then the connection belongs to the neighbour's
 * link. Anything else, or nothing for 5 s, closes it.
 */
final class PeerGreeting implements PeerSocket.Listener, Handshakes.Outcome {
    private static final Logger log = LoggerFactory.getLogger(PeerGreeting.class);
    /** Of a wrong first line so many bytes are logged. */
    private static final int EXCERPT = 80;

    /** So long after it came a server may still become a neighbour, in milliseconds. */
    private static final long PATIENCE_WITH_STRANGERS = 2_000;

    private final PeerSettings settings;
    private final PeerTable table;
    private final PeerSocket socket;
    private final String address;
    private final long since;
    private LoopTimer.Scheduled timeout;
    private boolean handshaking;
    /** It is somebody else's now, or nobody's. */
    private boolean left;
    /** Who it is that waits to become a neighbour; null: nobody yet. */
    private String stranger;

    /** @param address for the log */
    PeerGreeting(PeerSettings settings, PeerTable table, PeerSocket socket, String address) {
        this.settings = settings;
        this.table = table;
        this.socket = socket;
        this.address = address;
        this.since = settings.timer().millis();
        this.timeout = settings.timer().after(PeerLink.GREETING_TIMEOUT, this::waitedLongEnough);
        table.begins(this);
    }

    /** It has begun with TLS. */
    void handshaking() {
        handshaking = true;
    }

    @Override
    public void proven(String server) {
        handshaking = false;
    }

    @Override
    public void lost() {
        // As of any connection, this is told of it.
    }

    @Override
    public void line(byte[] buf, int from, int to) {
        if (stranger != null) {
            refused(Refusal.PROTOCOL, stranger + " went on before it was answered");
            return;
        }
        String server = PeerMessage.helloServer(buf, from, to, settings.herd()).orElse(null);
        if (server == null) {
            String line = new String(buf, from, Math.min(to - from, EXCERPT), StandardCharsets.ISO_8859_1);
            refused(
                    Refusal.PROTOCOL,
                    "its first line is not the hello of a server of " + settings.herd() + ": "
                            + line.replaceAll("\\p{Cntrl}", "."));
        } else if (socket.proven().filter(name -> !name.equals(server)).isPresent()) {
            refused(
                    Refusal.WRONG_HERD,
                    "it says it is " + server + ", its certificate says "
                            + socket.proven().get());
        } else if (!PeerLink.dials(server, settings.server())) {
            refused(Refusal.PROTOCOL, server + " does not sort before " + settings.server() + ", which dials");
        } else {
            stranger = server;
            timeout.cancel();
            long left = since + PATIENCE_WITH_STRANGERS - settings.timer().millis();
            timeout = settings.timer().after(Math.max(0, left), this::waitedLongEnough);
            neighboursChanged();
        }
    }

    /** The other end may have heard of a new edge a moment before this one. */
    void neighboursChanged() {
        if (stranger == null) {
            return;
        }
        PeerLink link = table.link(stranger);
        if (link != null && link.requiresTls() && socket.proven().isEmpty()) {
            refused(Refusal.PLAIN, stranger + ", or who says so, speaks without TLS");
        } else if (link != null) {
            leave();
            link.accepted(socket);
        }
    }

    @Override
    public String name() {
        return address;
    }

    @Override
    public void received() {
        // Only a whole line tells who it is.
    }

    @Override
    public void writable() {
        // Nothing has been written yet.
    }

    @Override
    public void closed(String why) {
        leave();
        log.atInfo().addKeyValue("from", address).addKeyValue("why", why).log("peer.left-before-hello");
    }

    @Override
    public void refused(Refusal reason, String why) {
        // To be closed in a handshake fails it, too.
        if (!left) {
            settings.counters().refused(reason);
            refuse(why);
        }
    }

    void refuse(String why) {
        leave();
        log.atWarn().addKeyValue("from", address).addKeyValue("why", why).log("peer.refused");
        socket.close();
    }

    private void waitedLongEnough() {
        if (stranger != null) {
            refused(Refusal.NOT_NEIGHBOUR, stranger + " is not a configured neighbour");
        } else if (handshaking) {
            refused(Refusal.HANDSHAKE_TIMEOUT, Refusal.HANDSHAKE_TIMEOUT.why());
        } else {
            refused(Refusal.PROTOCOL, "no hello within 5 s");
        }
    }

    private void leave() {
        left = true;
        timeout.cancel();
        table.leaves(this);
    }
}
