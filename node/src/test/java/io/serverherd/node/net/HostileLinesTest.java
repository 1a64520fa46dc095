package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import io.serverherd.node.LineClient;
import io.serverherd.node.config.Limits;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.places.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A million lines, most of them malformed, over several connections at a time and in any pieces. */
class HostileLinesTest {
    private static final int LINES = 1_000_000;
    private static final int CONNECTIONS = 4;
    private static final int ROUNDS = 20;
    private static final int WARM = 5;
    /** Of clients that come to be by mutation: so many, lest what the server must keep looks like what it leaks. */
    private static final int MOST_CLIENTS = 2_000;

    private static final long MEGABYTE = 1 << 20;
    private static final Instant NOW = Instant.ofEpochSecond(1_767_225_600);

    private final long seed = System.nanoTime();
    private final Counters counters = new Counters();
    private final MessageLog messages = new MessageLog(Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Transport transport = Transport.EPOLL.orNextBest();
    private final EventLoop loop = transport.newEventLoop();
    /** Which connection may speak of a client: between two of them there is no order. */
    private final Map<String, Integer> owners = new HashMap<>();

    private final List<ExpectedReplies> expected = new ArrayList<>();
    private final List<HostileLines> hostile = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(seed);
    private InetSocketAddress address;

    @BeforeEach
    void start() {
        logged.start();
        root().addAppender(logged);
        logger(ClientConnection.class).setLevel(Level.DEBUG);
        Places places = (query, reply) ->
                loop.execute(() -> reply.accept(ExpectedReplies.places(query).getBytes(ISO_8859_1)));
        LocationStore store = new LocationStore(1_000_000, 1 << 26, seed);
        HerdServer server = new HerdServer(
                "Alford",
                store,
                new Herd(store, counters),
                places,
                new ReceiveClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0),
                counters,
                messages);
        address = (InetSocketAddress)
                new ClientServer(LoopIo.on(transport, loop), server, Optional.empty(), counters, messages)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel()
                        .localAddress();
        for (int i = 0; i < CONNECTIONS; i++) {
            expected.add(new ExpectedReplies(NOW));
            hostile.add(new HostileLines(random.nextLong(), "client-" + (char) ('a' + i) + "-", NOW));
        }
    }

    @AfterEach
    void stop() {
        loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        threads.shutdownNow();
        messages.close();
        root().detachAppender(logged);
        logger(ClientConnection.class).setLevel(null);
    }

    @Test
    void aMillionHostileLinesAreAnsweredByteForByteInOrderAndLeaveNothing() {
        long heap = 0;
        long direct = 0;

        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<Void>> conversations = new ArrayList<>();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                Conversation conversation = conversation(connection, round + connection);
                conversations.add(CompletableFuture.runAsync(conversation::hold, threads));
            }
            conversations.forEach(CompletableFuture::join);
            await().until(() -> counters.clientsOpen == 0);
            if (round == WARM) {
                heap = heap();
                direct = PlatformDependent.usedDirectMemory();
            }
        }

        assertThat(heap() - heap).isLessThan(2 * MEGABYTE);
        assertThat(PlatformDependent.usedDirectMemory() - direct).isLessThan(8 * MEGABYTE);
        assertThat(counters.iamat)
                .isEqualTo(expected.stream().mapToLong(ExpectedReplies::iamat).sum());
        assertThat(counters.whatsat)
                .isEqualTo(expected.stream().mapToLong(ExpectedReplies::whatsat).sum());
        assertThat(counters.invalid)
                .isEqualTo(expected.stream().mapToLong(ExpectedReplies::invalid).sum());
        assertThat(counters.iamat + counters.whatsat + counters.invalid).isGreaterThan(LINES);
        // Neither all wrong nor all right: both ways are tried.
        assertThat(counters.iamat).isBetween(LINES / 50L, LINES / 2L);
        assertThat(counters.whatsat).isBetween(LINES / 100L, LINES / 4L);
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null)
                .isEmpty();
        assertThat(logged.list).noneMatch(event -> event.getMessage().equals("client.failed"));
    }

    /** What one connection sends, and what it must get: both whole, so that nothing is worked out while it runs. */
    private Conversation conversation(int connection, int ending) {
        ExpectedReplies replies = expected.get(connection);
        HostileLines lines = hostile.get(connection);
        StringBuilder sent = new StringBuilder();
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < LINES / ROUNDS / CONNECTIONS; i++) {
            String piece = mine(connection, lines);
            sent.append(piece);
            for (int from = 0; from < piece.length(); ) {
                int lf = piece.indexOf('\n', from);
                int end = lf > from && piece.charAt(lf - 1) == '\r' ? lf - 1 : lf;
                got.append(replies.to(piece.substring(from, end)));
                from = lf + 1;
            }
        }
        switch (ending % 3) {
            case 0 -> {
                // Without its LF; and with a CR it is not an ending.
                String tail = mine(connection, lines).replace('\n', '\r');
                sent.append(tail);
                got.append(replies.to(tail));
            }
            case 1 -> {
                String endless = lines.endless(Limits.DEFAULT.lineBytes() + 1 + random.nextInt(100_000));
                sent.append(endless);
                got.append("? ").append(endless, 0, 128).append('\n');
                replies.to("");
            }
            default -> {}
        }
        return new Conversation(sent.toString().getBytes(ISO_8859_1), got.toString(), ending % 3, random.split());
    }

    /** Lines about clients of which no other connection speaks. */
    private String mine(int connection, HostileLines lines) {
        String piece;
        do {
            piece = lines.next();
        } while (!isMine(connection, piece));
        return piece;
    }

    private boolean isMine(int connection, String piece) {
        for (String line : (piece + piece.replace('\n', '\r')).split("\n")) {
            String client = ExpectedReplies.client(line).orElse(null);
            if (client != null) {
                if (!owners.containsKey(client) && owners.size() < MOST_CLIENTS) {
                    owners.put(client, connection);
                }
                if (!Integer.valueOf(connection).equals(owners.get(client))) {
                    return false;
                }
            }
        }
        return true;
    }

    private final class Conversation {
        private final byte[] sent;
        private final String expected;
        private final int ending;
        private final SplittableRandom pieces;

        Conversation(byte[] sent, String expected, int ending, SplittableRandom pieces) {
            this.sent = sent;
            this.expected = expected;
            this.ending = ending;
            this.pieces = pieces;
        }

        void hold() {
            try (LineClient client = new LineClient(address)) {
                CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(client), threads);
                check(client.bytes(expected.length()));
                sender.join();
                if (ending != 2) {
                    assertThat(client.rest())
                            .as("seed %d: after the last reply", seed)
                            .isEmpty();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("seed " + seed, e);
            }
        }

        private void send(LineClient client) {
            try {
                String text = new String(sent, ISO_8859_1);
                for (int from = 0; from < sent.length; ) {
                    int size = pieces.nextInt(10) == 0 ? 1 + pieces.nextInt(3) : 1 + pieces.nextInt(20_000);
                    int to = Math.min(sent.length, from + size);
                    client.send(text.substring(from, to));
                    from = to;
                }
                if (ending == 0) {
                    client.endInput();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("seed " + seed, e);
            }
        }

        private void check(String got) {
            if (!got.equals(expected)) {
                int at = 0;
                while (at < got.length() && got.charAt(at) == expected.charAt(at)) {
                    at++;
                }
                int line = expected.lastIndexOf('\n', at) + 1;
                assertThat(got.substring(Math.min(line, got.length()), Math.min(at + 200, got.length())))
                        .as("seed %d: reply at byte %d", seed, line)
                        .isEqualTo(expected.substring(line, Math.min(at + 200, expected.length())));
            }
        }
    }

    /** In use after a collection. */
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Logger logger(Class<?> of) {
        return (Logger) LoggerFactory.getLogger(of);
    }
}
