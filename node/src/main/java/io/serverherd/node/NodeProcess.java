package io.serverherd.node;

import io.netty.channel.EventLoop;
import io.serverherd.node.admin.AdminServer;
import io.serverherd.node.admin.HerdProbe;
import io.serverherd.node.admin.LivenessPage;
import io.serverherd.node.admin.Page;
import io.serverherd.node.admin.PageOnDemand;
import io.serverherd.node.admin.ReadinessPage;
import io.serverherd.node.admin.StatusPage;
import io.serverherd.node.config.FileContent;
import io.serverherd.node.config.FolderWatcher;
import io.serverherd.node.config.HerdConfig;
import io.serverherd.node.config.HerdConfigParser;
import io.serverherd.node.config.LiveConfig;
import io.serverherd.node.log.MessageLog;
import io.serverherd.node.metrics.Counters;
import io.serverherd.node.metrics.NodeMetrics;
import io.serverherd.node.net.Transport;
import io.serverherd.node.places.PlacesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms of a server, wired: what follows its files, what it serves and what it says of itself. */
final class NodeProcess {
    /** inotify tells at once; this is for where it can't. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final int MAX_HERD_JSON = 1 << 20;

    /** After that, answers still owed by Places are UNKNOWN_ERROR; the whole stop has 5 s. */
    private static final Duration PATIENCE_WITH_PLACES = Duration.ofSeconds(3);

    /** The start has the processor to itself until then. */
    private static final Duration PLACES_AFTER = Duration.ofSeconds(1);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(4);
    private static final Duration PATIENCE_WITH_DISK = Duration.ofMillis(700);

    private final Logger log = LoggerFactory.getLogger(NodeProcess.class);
    private final Clock clock = Clock.systemUTC();
    private final MessageLog messages = new MessageLog(clock);
    private final LiveConfig config;
    private final FolderWatcher<FileContent> configFile;
    private final PlacesAccess placesAccess;
    private final TlsAccess tls;
    private final EventLoop loop;
    private final PlacesClient places;
    private final HerdNode herd;
    private final ReadinessPage readiness;
    private final AdminServer admin;

    /** @throws IOException when a port can't be opened; the message says which */
    NodeProcess(NodeConfig node, String version) throws IOException {
        config =
                new LiveConfig(new HerdConfigParser(node.server(), node.tlsDir().isPresent()), clock);
        configFile = FolderWatcher.ofFile(node.configDir(), "herd.json", MAX_HERD_JSON, POLL);
        config.read(configFile.current(), first -> messages.turn(first.logMessages()));
        placesAccess = new PlacesAccess(node, clock, POLL);

        tls = new TlsAccess(node, clock, POLL);

        Transport transport = node.transport().orNextBest();
        loop = transport.newEventLoop();
        Counters counters = new Counters();
        places = placesAccess.client(loop, () -> config.state().config().places());
        herd = HerdNode.start(transport, loop, node, config.state().config(), places, tls.live(), counters, messages);

        HerdProbe probe = new HerdProbe(herd::snapshot);
        readiness = new ReadinessPage(config, tls.live().clients(), probe, clock);
        admin = new AdminServer(
                node.adminAddress(),
                Map.of(
                        "/livez",
                        new LivenessPage(loop),
                        "/readyz",
                        readiness,
                        "/status",
                        new StatusPage(
                                node.herd(),
                                node.server(),
                                version,
                                config,
                                () -> placesAccess.status(places.budgetSpent()),
                                tls.live(),
                                probe,
                                herd::data),
                        "/metrics",
                        new PageOnDemand(() -> metrics(version, counters))));

        configFile.start(content -> config.read(content, this::apply));
        placesAccess.start();
        tls.start(herd::credentialsChanged);
        loop.schedule(places::prepare, PLACES_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        log.atInfo()
                .addKeyValue("version", version)
                .addKeyValue("herd", node.herd())
                .addKeyValue("server", node.server())
                .addKeyValue("client", shown(herd.clientAddress()))
                .addKeyValue("peer", shown(herd.peerAddress()))
                .addKeyValue("admin", shown(admin.address()))
                .addKeyValue("transport", transport.lowerCase())
                .log("node.started");
    }

    private Page metrics(String version, Counters counters) {
        NodeMetrics metrics = new NodeMetrics(
                version, counters, places, config, placesAccess.key(), tls.live(), messages, herd::data);
        return () -> new Page.Answer(200, NodeMetrics.CONTENT_TYPE, metrics.text());
    }

    private static String shown(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** On the watcher's thread; returns when the configuration is in force. */
    private void apply(HerdConfig next) {
        loop.submit(() -> {
                    messages.turn(next.logMessages());
                    herd.apply(next);
                })
                .syncUninterruptibly();
    }

    /** Not ready, stop accepting, answer what is owed, flush: within 5 s. */
    void stop() {
        log.atInfo().log("node.stopping");
        readiness.stopping();
        configFile.close();
        placesAccess.stopFollowing();
        tls.stopFollowing();
        loop.schedule(places::close, PATIENCE_WITH_PLACES.toMillis(), TimeUnit.MILLISECONDS);
        try {
            herd.stop().toCompletableFuture().get(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
            log.atInfo().log("node.stopped");
        } catch (TimeoutException e) {
            log.atWarn().addKeyValue("afterMillis", LONGEST_STOP.toMillis()).log("node.stopped-with-replies-owed");
        } catch (ExecutionException e) {
            log.atError().setCause(e.getCause()).log("node.stop-failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeData();
        placesAccess.close();
        admin.close();
        loop.parent().shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
        messages.close();
    }

    private void closeData() {
        try {
            herd.closeData().toCompletableFuture().get(PATIENCE_WITH_DISK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.atWarn()
                    .addKeyValue("afterMillis", PATIENCE_WITH_DISK.toMillis())
                    .log("data.not-closed");
        } catch (ExecutionException e) {
            log.atError().setCause(e.getCause()).log("data.not-closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
