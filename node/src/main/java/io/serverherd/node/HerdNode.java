package io.serverherd.node;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.data.DataStatus;
import io.serverherd.node.data.Journal;
import io.serverherd.node.herd.Herd;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.herd.LocationStore;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.net.ClientServer;
import io.serverherd.node.net.HerdServer;
import io.serverherd.node.net.LoopIo;
import io.serverherd.node.net.ReceiveClock;
import io.serverherd.node.net.Transport;
import io.serverherd.node.peer.PeerPort;
import io.serverherd.node.places.Places;
import io.serverherd.node.tls.LiveTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** A running server: the client port, the links to the neighbours and the records, on one event loop. */
public final class HerdNode {
    /** In seconds. */
    private static final long PATIENCE_WITH_DISK = 30;

    private final EventLoop loop;
    private final LocationStore store;
    private final ClientLimit clientLimit;
    private final ClientServer clients;
    private final PeerPort peers;
    private final Optional<Journal> journal;
    private InetSocketAddress clientAddress;
    private InetSocketAddress peerAddress;

    private HerdNode(
            EventLoop loop,
            LocationStore store,
            ClientLimit clientLimit,
            ClientServer clients,
            PeerPort peers,
            Optional<Journal> journal) {
        this.loop = loop;
        this.store = store;
        this.clientLimit = clientLimit;
        this.clients = clients;
        this.peers = peers;
        this.journal = journal;
    }

    /**
     * Takes over the records that were kept, then opens both ports and begins to dial neighbours. Not to be called on the
     * event loop.
     *
     * @param loop made by {@code transport}; everything of the server that is not thread-safe runs on it
     * @throws IOException when a port can't be opened; the message says which
     */
    public static HerdNode start(
            Transport transport,
            EventLoop loop,
            NodeConfig settings,
            HerdConfig config,
            Places places,
            LiveTls tls,
            Counters counters,
            MessageLog messages)
            throws IOException {
        LocationStore store =
                new LocationStore(config.limits().clients(), bytesForRecords(), new SecureRandom().nextLong());
        Herd flooding = new Herd(store, counters);
        LoopIo io = LoopIo.on(transport, loop);
        ReceiveClock clock = new ReceiveClock(InstantSource.system(), System::nanoTime);
        HerdServer answers = new HerdServer(settings.server(), store, flooding, places, clock, counters, messages);
        ClientServer clients = new ClientServer(io, answers, tls.clients(), counters, messages);
        PeerPort peers =
                new PeerPort(io, settings.herd(), settings.server(), flooding, store, tls.peers(), counters, messages);

        Optional<Journal> journal = settings.dataDir()
                .map(folder -> Journal.open(folder, settings.herd(), settings.server(), store, flooding, loop));
        journal.ifPresent(HerdNode::awaitRecords);

        HerdNode node = new HerdNode(loop, store, new ClientLimit(loop, store, counters), clients, peers, journal);
        // First, so that a neighbour that dials at once is not refused.
        node.apply(config);
        node.peerAddress = opened("peer", settings.peerAddress(), peers.bind(settings.peerAddress()));
        node.clientAddress = opened("client", settings.clientAddress(), clients.bind(settings.clientAddress()));
        return node;
    }

    /** Half of the heap: the other half is for connections, and for the collector to work in. */
    private static long bytesForRecords() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** A disk that does not answer keeps the server waiting, but not for ever. */
    private static void awaitRecords(Journal journal) {
        try {
            journal.opened().toCompletableFuture().get(PATIENCE_WITH_DISK, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LoggerFactory.getLogger(HerdNode.class)
                    .atWarn()
                    .addKeyValue("seconds", PATIENCE_WITH_DISK)
                    .log("data.slow");
        } catch (ExecutionException e) {
            throw new IllegalStateException("opening a journal does not fail, it says what is wrong", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress opened(String port, InetSocketAddress address, ChannelFuture bind)
            throws IOException {
        bind.awaitUninterruptibly();
        if (!bind.isSuccess()) {
            String at = address.getHostString() + ":" + address.getPort();
            throw new IOException(port + " port " + at + ": " + bind.cause().getMessage(), bind.cause());
        }
        return (InetSocketAddress) bind.channel().localAddress();
    }

    /** Where clients connect: the real port where 0 was asked for. */
    public InetSocketAddress clientAddress() {
        return clientAddress;
    }

    public InetSocketAddress peerAddress() {
        return peerAddress;
    }

    /**
     * Puts a configuration in force: new links are opened, removed ones closed, all others keep their socket. From any
     * thread; on the event loop it is done on return.
     */
    public void apply(HerdConfig config) {
        if (loop.inEventLoop()) {
            clientLimit.apply(config.limits().clients());
            clients.limits(config.limits());
            peers.futureSeconds(config.limits().futureSeconds());
            peers.apply(config.neighbours());
        } else {
            loop.submit(() -> apply(config)).syncUninterruptibly();
        }
    }

    /** The server has other credentials than before. From any thread. */
    public void credentialsChanged() {
        loop.execute(peers::credentialsChanged);
    }

    public CompletionStage<HerdSnapshot> snapshot() {
        return CompletableFuture.supplyAsync(
                () -> new HerdSnapshot(
                        peers.snapshot(),
                        store.size(),
                        HexFormat.of().toHexDigits(store.digest()),
                        peers.everReconciled()),
                loop);
    }

    /** How the keeping of records stands. From any thread. */
    public DataStatus data() {
        return journal.map(Journal::status).orElse(DataStatus.NOT_KEPT);
    }

    /** Brings to the disk what is kept; nothing is kept from then on. */
    public CompletionStage<Void> closeData() {
        return journal.map(
                        kept -> CompletableFuture.supplyAsync(kept::close, loop).thenCompose(closed -> closed))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * Stops accepting, answers what is owed, then flushes and closes the links. The loop is left running, and open
     * connections end with it at the latest.
     */
    public CompletionStage<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        loop.execute(() -> clients.stop().thenRun(() -> peers.stop().addListener(closed -> stopped.complete(null))));
        return stopped;
    }
}
