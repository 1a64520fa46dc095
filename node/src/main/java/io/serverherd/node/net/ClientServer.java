package io.serverherd.node.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.serverherd.node.config.Limits;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.protocol.LineBuffer;
import io.serverherd.node.tls.ClientTls;
import io.serverherd.node.tls.LiveClientCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The client port: accepts connections up to the limit, and has what they share, since they take turns on one loop.
 *
 * <pre>
 * socket ─▶ ClientConnection ─▶ LineReader ─▶ HerdServer ─▶ replies, all of a burst in one buffer ─▶ socket
 * with TLS:
 * socket ─▶ TlsDoor ─▶ ClientHandshake ─▶ nothing, until the client is through; then
 * socket ─▶ TLS ─▶ ClientConnection, as above, and back through TLS
 * </pre>
 */
public final class ClientServer {
    /** How often a line that takes long is looked at before the connection is closed. */
    private static final int LOOKS_AT_LINE = 6;

    private static final int BACKLOG = 4_096;
    private static final int REPLIES = 1 << 16;

    private final LoopIo io;
    private final HerdServer server;
    private final Counters counters;
    private final MessageLog messages;
    private final StalledClients stalled;
    private final Optional<ClientHandshakes> handshakes;
    private final long roomForTls = ClientHandshakes.room();

    private final LineBuffer out = new LineBuffer(REPLIES);
    private final Set<ClientConnection> open = new HashSet<>();
    private final Map<InetAddress, Integer> openFrom = new HashMap<>();
    private final CompletableFuture<Void> allClosed = new CompletableFuture<>();
    private Limits limits = Limits.DEFAULT;
    private Channel listening;
    private boolean stopping;

    /** @param credentials empty: clients are without TLS, otherwise all are with it */
    public ClientServer(
            LoopIo io,
            HerdServer server,
            Optional<LiveClientCredentials> credentials,
            Counters counters,
            MessageLog messages) {
        this(io, server, credentials, counters, messages, Patience.DEFAULT);
    }

    ClientServer(
            LoopIo io,
            HerdServer server,
            Optional<LiveClientCredentials> credentials,
            Counters counters,
            MessageLog messages,
            Patience patience) {
        this.io = io;
        this.server = server;
        this.counters = counters;
        this.messages = messages;
        this.handshakes = credentials.map(live -> new ClientHandshakes(live, counters));
        this.stalled = new StalledClients(io.loop(), counters, patience.unreadMillis());
        long period = patience.lineMillis() / LOOKS_AT_LINE;
        io.loop().scheduleWithFixedDelay(this::lookAtLines, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * How long clients may take.
     *
     * @param unreadMillis to read a reply that is under way
     * @param lineMillis   to finish a line, at least; a sixth more at most
     */
    record Patience(long unreadMillis, long lineMillis) {
        static final Patience DEFAULT = new Patience(10_000, 30_000);
    }

    /** Opens the port. From any thread. */
    public ChannelFuture bind(InetSocketAddress address) {
        return io.listening()
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        listening = channel;
                    }
                })
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (isFull() || isFull(addressOf(channel))) {
                            counters.clientsRefused++;
                            channel.close();
                        } else {
                            accept(channel);
                        }
                    }
                })
                .bind(address);
    }

    private void accept(Channel channel) {
        ClientConnection client = new ClientConnection(this);
        if (handshakes.isPresent()) {
            Optional<ClientTls> tls = handshakes.get().inForce(channel);
            if (tls.isEmpty()) {
                counters.clientsRefused++;
                channel.close();
                return;
            }
            ClientHandshake handshake = new ClientHandshake(handshakes.get(), tls.get(), client);
            channel.pipeline().addLast("door", new TlsDoor(handshake::begins));
            channel.pipeline().addLast("handshake", handshake);
        }
        channel.pipeline().addLast("client", client);
    }

    private boolean isFull() {
        return stopping || open.size() >= limits.connections() || handshakes.isPresent() && open.size() >= roomForTls;
    }

    private boolean isFull(InetAddress address) {
        return openFrom.getOrDefault(address, 0) >= limits.connectionsPerAddress();
    }

    private static InetAddress addressOf(Channel channel) {
        return ((InetSocketAddress) channel.remoteAddress()).getAddress();
    }

    private void lookAtLines() {
        Set.copyOf(open).forEach(client -> client.lookAtLine(LOOKS_AT_LINE));
    }

    /** Puts other limits in force, for open connections too. */
    public void limits(Limits limits) {
        this.limits = limits;
        server.futureSeconds(limits.futureSeconds());
    }

    /** Accepts no more, answers what has come and closes. Done when the last connection is. */
    public CompletableFuture<Void> stop() {
        stopping = true;
        listening.close();
        handshakes.ifPresent(ClientHandshakes::stop);
        Set.copyOf(open).forEach(ClientConnection::finish);
        completeWhenAllClosed();
        return allClosed;
    }

    void opened(ClientConnection client, InetAddress from) {
        open.add(client);
        openFrom.merge(from, 1, Integer::sum);
        counters.clientsAccepted++;
        counters.clientsOpen = open.size();
    }

    void closed(ClientConnection client, InetAddress from) {
        open.remove(client);
        openFrom.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
        counters.clientsOpen = open.size();
        completeWhenAllClosed();
    }

    private void completeWhenAllClosed() {
        if (stopping && open.isEmpty()) {
            allClosed.complete(null);
        }
    }

    void logSent(ClientConnection client, LineBuffer at, byte[] answer) {
        if (messages.on()) {
            messages.sent(client.address(), at.array(), 0, at.length() - 1);
            messages.sent(client.address(), answer, 0, answer.length);
        }
    }

    boolean stopping() {
        return stopping;
    }

    HerdServer server() {
        return server;
    }

    LoopIo io() {
        return io;
    }

    Counters counters() {
        return counters;
    }

    StalledClients stalled() {
        return stalled;
    }

    int lineBytes() {
        return limits.lineBytes();
    }

    /** The replies of the read burst under way; empty between bursts. */
    LineBuffer out() {
        return out;
    }
}
