package io.serverherd.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.node.protocol.Command;
import io.serverherd.node.protocol.CommandParser;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.protocol.LocationRecord;
import io.serverherd.node.protocol.Replies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A command to the bytes of its reply. */
@State(Scope.Thread)
public class Replying {
    private static final byte[] SERVER = "Alford".getBytes(US_ASCII);

    private final byte[] iamat =
            "IAMAT client0000000.herd +34.068930-118.445127 1479413884.392014450".getBytes(US_ASCII);
    private final Command command = new Command();
    private final LocationRecord record = new LocationRecord();
    private final LineBuffer out = new LineBuffer(256);
    private int nanos;

    public Replying() {
        CommandParser.parse(iamat, 0, iamat.length, command);
    }

    @Benchmark
    public LineBuffer at() {
        nanos = nanos + 1 & 0xff_ffff;
        out.clear();
        Replies.at(out, SERVER, 1_479_413_885L, nanos, iamat, command, record);
        return out;
    }
}
