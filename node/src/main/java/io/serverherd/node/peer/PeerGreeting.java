package io.serverherd.node.peer;

import io.serverherd.node.protocol.PeerMessage;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted connection until its first line has come. That line must be the hello of a neighbour which dials us; then
 * the connection belongs to the neighbour's link. Anything else, or nothing for 5 s, closes it.
 */
final class PeerGreeting implements PeerSocket.Listener {
    private static final Logger log = LoggerFactory.getLogger(PeerGreeting.class);
    /** Of a wrong first line so many bytes are logged. */
    private static final int EXCERPT = 80;

    private final PeerSettings settings;
    private final PeerTable table;
    private final PeerSocket socket;
    private final String address;
    private final LoopTimer.Scheduled timeout;
    /** Who it is that waits to become a neighbour; null: nobody yet. */
    private String stranger;

    /** @param address for the log */
    PeerGreeting(PeerSettings settings, PeerTable table, PeerSocket socket, String address) {
        this.settings = settings;
        this.table = table;
        this.socket = socket;
        this.address = address;
        this.timeout = settings.timer().after(PeerLink.GREETING_TIMEOUT, this::waitedLongEnough);
    }

    @Override
    public void line(byte[] buf, int from, int to) {
        if (stranger != null) {
            refuse(stranger + " went on before it was answered");
            return;
        }
        String server = PeerMessage.helloServer(buf, from, to, settings.herd()).orElse(null);
        if (server == null) {
            String line = new String(buf, from, Math.min(to - from, EXCERPT), StandardCharsets.ISO_8859_1);
            refuse("its first line is not the hello of a server of " + settings.herd() + ": "
                    + line.replaceAll("\\p{Cntrl}", "."));
        } else if (!PeerLink.dials(server, settings.server())) {
            refuse(server + " does not sort before " + settings.server() + ", which dials");
        } else {
            stranger = server;
            table.waits(this);
            neighboursChanged();
        }
    }

    /** The other end may have heard of a new edge a moment before this one. */
    void neighboursChanged() {
        PeerLink link = table.link(stranger);
        if (link != null) {
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

    void refuse(String why) {
        leave();
        log.atWarn().addKeyValue("from", address).addKeyValue("why", why).log("peer.refused");
        socket.close();
    }

    private void waitedLongEnough() {
        refuse(stranger == null ? "no hello within 5 s" : stranger + " is not a configured neighbour");
    }

    private void leave() {
        timeout.cancel();
        table.leaves(this);
    }
}
