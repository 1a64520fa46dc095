package io.serverherd.node.net;

import io.serverherd.node.config.Limits;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.places.Places;
import io.serverherd.node.places.PlacesQuery;
import io.serverherd.node.protocol.Command;
import io.serverherd.node.protocol.CommandParser;
import io.serverherd.node.protocol.DecimalTime;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.Replies;
import java.nio.charset.StandardCharsets;

/**
 * Answers the lines of all clients: stores and floods reports, asks Places, gives everything else back.
 *
 * <p>Not thread-safe: it belongs to one event loop.
 */
public final class HerdServer {
    private static final int AT_LINE = 128;

    private final byte[] name;
    private final LocationStore store;
    private final Herd herd;
    private final Places places;
    private final ReceiveClock clock;
    private final Counters counters;
    private final MessageLog messages;

    private final Command command = new Command();
    private final LocationRecord record = new LocationRecord();
    private long futureSeconds = Limits.DEFAULT.futureSeconds();

    public HerdServer(
            String name,
            LocationStore store,
            Herd herd,
            Places places,
            ReceiveClock clock,
            Counters counters,
            MessageLog messages) {
        this.name = name.getBytes(StandardCharsets.ISO_8859_1);
        this.store = store;
        this.herd = herd;
        this.places = places;
        this.clock = clock;
        this.counters = counters;
        this.messages = messages;
    }

    /** How far ahead of this server's clock a report may be, in seconds. */
    void futureSeconds(long seconds) {
        futureSeconds = seconds;
    }

    /** The lines that follow were received now. */
    void received() {
        clock.tick();
    }

    /** Answers the line {@code [from, to)}, at once where it can. */
    void answer(byte[] buf, int from, int to, ClientConnection client) {
        if (messages.on()) {
            messages.received(client.address(), buf, from, to - from);
        }
        CommandParser.parse(buf, from, to, command);
        switch (command.kind()) {
            case IAMAT -> iamat(buf, from, to, client);
            case WHATSAT -> whatsat(buf, from, to, client);
            case INVALID -> invalid(buf, from, to, client);
        }
    }

    /** Answers a line that is longer than the limit. */
    void tooLong(byte[] buf, int from, int to, ClientConnection client) {
        counters.clientsClosedOverlong++;
        invalid(buf, from, Math.min(to, from + Replies.ECHO_OF_TOO_LONG), client);
    }

    private void iamat(byte[] buf, int from, int to, ClientConnection client) {
        if (isTooFarAhead(command.time())) {
            invalid(buf, from, to, client);
            return;
        }
        counters.iamat++;
        LineBuffer out = client.replies();
        int start = out.length();
        Replies.at(out, name, clock.seconds(), clock.nanos(), buf, command, record);
        logSent(out, start, client);
        herd.report(record);
    }

    private void whatsat(byte[] buf, int from, int to, ClientConnection client) {
        if (!store.find(buf, command.clientStart(), command.clientEnd(), record)) {
            invalid(buf, from, to, client);
            return;
        }
        counters.whatsat++;
        LineBuffer at = new LineBuffer(AT_LINE);
        record.appendLine(at);
        String location = text(record.array(), record.locationStart(), record.locationEnd());
        String radius = text(buf, command.radiusStart(), command.radiusEnd());
        places.nearby(new PlacesQuery(location, radius, command.bound()), client.expectPlaces(at));
    }

    private void invalid(byte[] buf, int from, int to, ClientConnection client) {
        counters.invalid++;
        LineBuffer out = client.replies();
        int start = out.length();
        Replies.invalid(out, buf, from, to);
        logSent(out, start, client);
    }

    private boolean isTooFarAhead(DecimalTime time) {
        long ahead = time.seconds() - clock.seconds();
        return ahead > futureSeconds || ahead == futureSeconds && time.nanos() > clock.nanos();
    }

    private void logSent(LineBuffer out, int start, ClientConnection client) {
        if (messages.on()) {
            messages.sent(client.address(), out.array(), start, out.length() - start - 1);
        }
    }

    private static String text(byte[] buf, int from, int to) {
        return new String(buf, from, to - from, StandardCharsets.US_ASCII);
    }
}
