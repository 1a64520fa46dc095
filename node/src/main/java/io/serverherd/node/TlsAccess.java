package io.serverherd.node;

import io.serverherd.node.config.FolderWatcher;
import io.serverherd.node.tls.ClientTlsFiles;
import io.serverherd.node.tls.LiveClientCredentials;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.LiveTls;
import io.serverherd.node.tls.PeerCredentialsParser;
import io.serverherd.node.tls.PeerTls;
import io.serverherd.node.tls.TlsFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a server has of TLS, as the files say now. */
final class TlsAccess {
    private final LiveTls live;
    private final Optional<FolderWatcher<TlsFiles>> peerFiles;
    /** Of both folders. */
    private final Optional<Supplier<ClientTlsFiles>> clientReading;
    /** One for each folder. */
    private final List<FolderWatcher<ClientTlsFiles>> clientFiles;

    /** @param poll for where inotify can't tell */
    TlsAccess(NodeConfig node, InstantSource clock, Duration poll) {
        peerFiles = node.tlsDir().map(folder -> new FolderWatcher<>(folder, "tls", () -> TlsFiles.in(folder), poll));
        clientReading = node.clientTlsDir().map(folder -> () -> ClientTlsFiles.in(folder, node.clientCaDir()));
        clientFiles = Stream.concat(node.clientTlsDir().stream(), node.clientCaDir().stream())
                .flatMap(folder ->
                        clientReading.stream().map(reading -> new FolderWatcher<>(folder, "client-tls", reading, poll)))
                .toList();
        live = new LiveTls(
                peerFiles.map(files -> new LivePeerCredentials(
                        new PeerCredentialsParser(node.server()), PeerTls.bestProvider(), clock)),
                node.clientTlsDir().map(folder -> new LiveClientCredentials(clock)));
        peerFiles.ifPresent(files -> live.peers().orElseThrow().read(files.current()));
        readClientFiles();
    }

    private void readClientFiles() {
        clientReading.ifPresent(reading -> live.clients().orElseThrow().read(reading));
    }

    LiveTls live() {
        return live;
    }

    /** Follows the files from now on. */
    void start(Runnable peersChanged) {
        peerFiles.ifPresent(watcher -> watcher.start(files -> {
            live.peers().orElseThrow().read(files);
            peersChanged.run();
        }));
        clientFiles.forEach(watcher -> watcher.start(changed -> readClientFiles()));
    }

    void stopFollowing() {
        peerFiles.ifPresent(FolderWatcher::close);
        clientFiles.forEach(FolderWatcher::close);
    }
}
