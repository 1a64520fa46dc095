package io.serverherd.bench.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.WrongReplyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Clients that ask what is near, each of another place, while Google Places answers late or never. */
final class SlowPlaces implements Attack {
    private static final int CONNECTIONS = 50;
    private static final int QUESTIONS = 200;
    private static final int READ = 1 << 14;
    private static final double NANOS = 1e9;

    private final String name;
    private final Optional<Duration> delay;
    private final List<Asker> askers = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocate(READ);
    private Strangers strangers;
    private PlacesStub places;
    private int turn;
    private int asked;
    private volatile int answered;
    private volatile long worst;

    private SlowPlaces(String name, Optional<Duration> delay) {
        this.name = name;
        this.delay = delay;
    }

    static SlowPlaces hanging() {
        return new SlowPlaces("WHATSATs while Places hangs", Optional.empty());
    }

    static SlowPlaces late() {
        return new SlowPlaces("WHATSATs while Places takes 1 s", Optional.of(Duration.ofSeconds(1)));
    }

    @Override
    public Plan plan() {
        return new Plan(name, HOLDS, 200, "questions", "serverherd_commands_total{command=\"whatsat\"}");
    }

    /** Each time another Places: what the node knows of the one before says nothing. */
    @Override
    public void begin(NodeServer node) throws IOException {
        places = new PlacesStub(delay);
        node.configure(Besieged.herdJson(places.endpoint()));
        strangers = new Strangers(node.address());
        askers.clear();
        asked = 0;
        answered = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            askers.add(new Asker(strangers.connect(0)));
        }
    }

    /** Connections take turns: an answer is seen within 0.25 s. */
    @Override
    public int act() throws IOException {
        Asker asker = askers.get(turn++ % CONNECTIONS);
        asker.read();
        if (asked == QUESTIONS) {
            return 0;
        }
        asker.ask(asked++);
        return 1;
    }

    @Override
    public boolean isOver(double counted) {
        return answered == QUESTIONS;
    }

    @Override
    public String remark() {
        return "the longest wait %.2f s".formatted(worst / NANOS);
    }

    @Override
    public void end() throws IOException {
        places.close();
        strangers.close();
    }

    /** One connection. An answer is a record's line, Google's JSON in a line, and an empty line. */
    private final class Asker {
        private final SocketChannel channel;
        private final Deque<Long> sent = new ArrayDeque<>();
        private final StringBuilder came = new StringBuilder();

        Asker(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.configureBlocking(false);
        }

        void ask(int client) throws IOException {
            sent.add(System.nanoTime());
            String question = "WHATSAT c%07d.herd 10 5\n".formatted(client);
            Strangers.send(channel, ByteBuffer.wrap(question.getBytes(US_ASCII)));
        }

        void read() throws IOException {
            if (sent.isEmpty()) {
                return;
            }
            if (channel.read(in.clear()) < 0) {
                throw new WrongReplyException("the node has closed with " + sent.size() + " answers to come");
            }
            came.append(new String(in.array(), 0, in.position(), US_ASCII));
            for (int end = came.indexOf("\n\n"); end >= 0; end = came.indexOf("\n\n")) {
                check(came.substring(0, end));
                came.delete(0, end + 2);
            }
        }

        private void check(String answer) throws WrongReplyException {
            if (!answer.matches("AT Alford [^\n]+\n\\{.*\"status\": ?\"(ZERO_RESULTS|UNKNOWN_ERROR)\".*\\}")) {
                throw new WrongReplyException("got \"" + answer + "\" for a WHATSAT");
            }
            worst = Math.max(worst, System.nanoTime() - sent.remove());
            answered++;
        }
    }
}
