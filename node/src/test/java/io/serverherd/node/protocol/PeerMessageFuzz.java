package io.serverherd.node.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.node.protocol.PeerMessage.Digest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Any line of a neighbour is the message that its first word says; what is read and written again says the same. */
public final class PeerMessageFuzz {
    private static final String HERD = "five-node-herd";
    private static final Pattern FIRST_WORD =
            Pattern.compile(CommandGrammar.SPACES + "*(" + CommandGrammar.WORD + ")?.*", Pattern.DOTALL);
    private static final Set<String> KNOWN = Set.of("PEER", "AT", "PING", "DIGEST", "RANGE", "COMPARED", "RECONCILED");
    private static final Pattern HELLO = CommandGrammar.line("PEER", HERD, CommandGrammar.WORD);
    private static final Pattern DIGEST = CommandGrammar.line("DIGEST", "[0-9a-f]{16}", "[0-9]{1,9}");
    private static final Pattern WHOLE_RANGE = CommandGrammar.line("RANGE", "(?:[0-9a-f]{16}){1,16}");
    private static final Pattern RANGE = CommandGrammar.line("RANGE", "[0-9a-f]{1,3}", "(?:[0-9a-f]{16}){1,16}");

    private PeerMessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] line) {
        String text = new String(line, ISO_8859_1);
        PeerMessage message = PeerMessage.of(line, 0, line.length);

        assertThat(message).isEqualTo(expected(text));
        switch (message) {
            case PEER -> hello(line, text);
            case DIGEST -> digest(line, text);
            case RANGE -> range(line, text);
            default ->
                assertThat(PeerMessage.helloServer(line, 0, line.length, HERD)).isEmpty();
        }
    }

    private static PeerMessage expected(String line) {
        Matcher first = FIRST_WORD.matcher(line);
        String word = first.matches() && first.group(1) != null ? first.group(1) : "";
        if (KNOWN.contains(word)) {
            return PeerMessage.valueOf(word);
        }
        return word.matches("[A-Z]+") ? PeerMessage.UNKNOWN : PeerMessage.GARBAGE;
    }

    private static void hello(byte[] line, String text) {
        Matcher hello = HELLO.matcher(text);
        Optional<String> server = PeerMessage.helloServer(line, 0, line.length, HERD);

        assertThat(server).isEqualTo(hello.matches() ? Optional.of(hello.group(2)) : Optional.empty());
        server.ifPresent(name -> {
            LineBuffer out = new LineBuffer(16);
            PeerMessage.appendHello(out, HERD, name);
            assertThat(PeerMessage.helloServer(out.array(), 0, out.length() - 1, HERD))
                    .contains(name);
        });
    }

    private static void digest(byte[] line, String text) {
        Optional<Digest> digest = PeerMessage.digest(line, 0, line.length);

        assertThat(digest.isPresent()).isEqualTo(DIGEST.matcher(text).matches());
        digest.ifPresent(said -> {
            LineBuffer out = new LineBuffer(16);
            PeerMessage.appendDigest(out, said);
            assertThat(PeerMessage.digest(out.array(), 0, out.length() - 1)).contains(said);
        });
    }

    private static void range(byte[] line, String text) {
        Matcher named = RANGE.matcher(text);
        Matcher whole = WHOLE_RANGE.matcher(text);
        boolean isNamed = named.matches();
        Optional<RangeLine> range = RangeLine.read(line, 0, line.length);

        assertThat(range.isPresent()).isEqualTo(isNamed || whole.matches());
        range.ifPresent(said -> {
            LineBuffer out = new LineBuffer(16);
            RangeLine.append(out, said.level(), said.range(), said.digests().length, part -> said.digests()[part]);
            assertThat(new String(out.array(), 0, out.length(), ISO_8859_1))
                    .isEqualTo(
                            isNamed
                                    ? "RANGE " + named.group(1) + ' ' + named.group(2) + '\n'
                                    : "RANGE " + whole.group(1) + '\n');
        });
    }
}
