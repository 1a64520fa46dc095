package io.serverherd.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.node.protocol.Command;
import io.serverherd.node.protocol.CommandParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bytes to a command. */
@State(Scope.Thread)
public class Parsing {
    private final byte[] iamat =
            "IAMAT client0000000.herd +34.068930-118.445127 1479413884.392014450".getBytes(US_ASCII);
    private final byte[] whatsat = "WHATSAT client0000000.herd 10 5".getBytes(US_ASCII);
    private final byte[] invalid =
            "IAMAT client0000000.herd +34.068930-118.445127 1479413884.392014450 x".getBytes(US_ASCII);
    private final Command command = new Command();

    @Benchmark
    public Command iamat() {
        return parsed(iamat);
    }

    @Benchmark
    public Command whatsat() {
        return parsed(whatsat);
    }

    @Benchmark
    public Command invalid() {
        return parsed(invalid);
    }

    private Command parsed(byte[] line) {
        CommandParser.parse(line, 0, line.length, command);
        return command;
    }
}
