package io.serverherd.node.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.serverherd.node.config.Limits;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.LoopIo;
import io.serverherd.node.net.TlsDoor;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.Refusal;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where this server meets its neighbours: the peer port and the connections it dials. Event loop only, but for
 * {@link #bind}.
 *
 * <pre>
 *                   ┌─▶ Handshakes ─┐
 * accepted ─▶ TlsDoor ───────────────┴▶ PeerConnection ─▶ PeerGreeting, until its hello ─┐
 * dialled  ─▶ Handshakes, or not ────▶ PeerConnection ──────────────────────────────────┴▶ PeerLink ─▶ Herd
 * </pre>
 */
public final class PeerPort {
    /** What may wait for a neighbour: above the second it gets nothing more until no more than the first is left. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 18, 1 << 19);

    private static final int CONNECT_TIMEOUT = 5_000;
    /** Connections that may be open beyond one for each neighbour: those that have not said who they are, above all. */
    private static final int STRANGERS = 128;
    /** Threads that look up names: a name that hangs must not hold up the dials to all other neighbours. */
    private static final int LOOKUPS = 4;

    private final LoopIo io;
    private final Counters counters;
    private final MessageLog messages;
    private final ExecutorService lookups =
            Executors.newFixedThreadPool(LOOKUPS, new DefaultThreadFactory("lookup", true));
    private final Handshakes handshakes;
    private final PeerSettings settings;
    private final PeerTable table;
    private final ChannelGroup connections;
    private long futureSeconds = Limits.DEFAULT.futureSeconds();
    private Channel listening;

    /** @param credentials empty: this server is never to have any */
    public PeerPort(
            LoopIo io,
            String herd,
            String server,
            Herd flooding,
            LocationStore store,
            Optional<LivePeerCredentials> credentials,
            Counters counters,
            MessageLog messages) {
        this.io = io;
        this.counters = counters;
        this.messages = messages;
        this.handshakes = new Handshakes(credentials);
        this.connections = new DefaultChannelGroup(io.loop());
        this.settings = new PeerSettings(
                herd,
                server,
                flooding,
                store,
                new TcpDialler(this, lookups, outgoing(), handshakes),
                new LoopTimers(io.loop()),
                InstantSource.system(),
                this::lastSecond,
                () -> ThreadLocalRandom.current().nextDouble(),
                counters);
        this.table = new PeerTable(settings);
    }

    /** Opens the port. From any thread. */
    public ChannelFuture bind(InetSocketAddress address) {
        return io.listening()
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        listening = channel;
                    }
                })
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address);
    }

    /** Opens and closes links so that there is one to each of these. */
    public void apply(List<Neighbour> neighbours) {
        table.apply(neighbours);
    }

    /** This server can prove who it is, or in another way than before: links that wait to be dialled again are dialled now. */
    public void credentialsChanged() {
        table.credentialsChanged();
    }

    /** How far ahead of a server's clock a client's report may be, in seconds. */
    public void futureSeconds(long seconds) {
        futureSeconds = seconds;
    }

    /** Twice as far as clients may: what one server took must not be refused because the clock of another is behind. */
    private long lastSecond() {
        return settings.clock().millis() / 1_000 + 2 * futureSeconds;
    }

    public List<HerdSnapshot.Peer> snapshot() {
        return table.snapshot();
    }

    /** Whether records were reconciled with at least one of the neighbours. */
    public boolean everReconciled() {
        return table.everReconciled();
    }

    /** Accepts no more, sends what is queued and closes. Done when the last connection is. */
    public Future<Void> stop() {
        listening.close();
        table.stop();
        lookups.shutdown();
        handshakes.stop();
        return connections.newCloseFuture();
    }

    LoopIo io() {
        return io;
    }

    Counters counters() {
        return counters;
    }

    MessageLog messages() {
        return messages;
    }

    private Bootstrap outgoing() {
        return io.dialling()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    /** Notes a connection of either kind, to be waited for when this server stops. */
    void opened(Channel channel) {
        connections.add(channel);
    }

    private void accept(Channel channel) {
        if (connections.size() >= table.size() + STRANGERS) {
            // Not into the log: whoever comes so often would fill it.
            counters.refused(Refusal.TOO_MANY);
            channel.close();
            return;
        }
        PeerConnection connection = new PeerConnection(this);
        String address = NetUtil.toSocketAddressString((InetSocketAddress) channel.remoteAddress());
        PeerGreeting greeting = new PeerGreeting(settings, table, connection, address);
        channel.pipeline().addLast("door", new TlsDoor(tls -> begins(tls, connection, greeting)));
        channel.pipeline().addLast("peer", connection);
        connection.listener(greeting);
    }

    /** Whether what comes is to be looked at. */
    private boolean begins(boolean withTls, PeerConnection connection, PeerGreeting greeting) {
        if (withTls) {
            greeting.handshaking();
            handshakes.accept(connection, greeting);
        } else if (handshakes.expected() && table.everyLinkRequiresTls()) {
            greeting.refused(Refusal.PLAIN, Refusal.PLAIN.why());
            return false;
        }
        return true;
    }
}
