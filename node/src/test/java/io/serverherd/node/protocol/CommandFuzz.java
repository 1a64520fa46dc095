package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.Command.Kind;
import io.serverherd.node.protocol.CommandGrammar.Iamat;
import io.serverherd.node.protocol.CommandGrammar.Whatsat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Any line of a client is what the grammar says, wherever in an array it lies. */
public final class CommandFuzz {
    private CommandFuzz() {}

    public static void fuzzerTestOneInput(byte[] line) {
        // What lies around the line in the read buffer is another line's, and looks like more of this one.
        byte[] buf = new byte[line.length + 8];
        Arrays.fill(buf, (byte) '1');
        System.arraycopy(line, 0, buf, 4, line.length);
        Command command = new Command();

        CommandParser.parse(buf, 4, 4 + line.length, command);

        String text = new String(line, ISO_8859_1);
        Optional<Iamat> iamat = CommandGrammar.iamat(text);
        Optional<Whatsat> whatsat = CommandGrammar.whatsat(text);
        Kind expected = iamat.isPresent() ? Kind.IAMAT : whatsat.isPresent() ? Kind.WHATSAT : Kind.INVALID;
        assertThat(command.kind()).isEqualTo(expected);
        iamat.ifPresent(said -> check(said, buf, command));
        whatsat.ifPresent(asked -> check(asked, buf, command));
    }

    private static void check(Iamat said, byte[] buf, Command command) {
        assertThat(text(buf, command.clientStart(), command.clientEnd())).isEqualTo(said.client());
        assertThat(text(buf, command.locationStart(), command.locationEnd())).isEqualTo(said.location());
        assertThat(text(buf, command.timeStart(), command.timeEnd())).isEqualTo(said.time());
        checkTime(said.time(), command.time());
    }

    /** More seconds than 18 digits can say are a million million millions. */
    static void checkTime(String text, DecimalTime time) {
        BigDecimal value = new BigDecimal(text);
        BigInteger seconds = value.toBigInteger().min(BigInteger.TEN.pow(18));
        assertThat(time.seconds()).isEqualTo(seconds.longValueExact());
        assertThat(time.nanos())
                .isEqualTo(value.remainder(BigDecimal.ONE).movePointRight(9).intValue());
    }

    private static void check(Whatsat asked, byte[] buf, Command command) {
        assertThat(text(buf, command.clientStart(), command.clientEnd())).isEqualTo(asked.client());
        assertThat(text(buf, command.radiusStart(), command.radiusEnd())).isEqualTo(asked.radius());
        assertThat(command.bound()).isEqualTo(new BigInteger(asked.bound()).intValueExact());
    }

    private static String text(byte[] buf, int from, int to) {
        return new String(buf, from, to - from, ISO_8859_1);
    }
}
