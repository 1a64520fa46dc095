package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslProvider;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.herd.HerdSnapshot;
import io.serverherd.node.net.Transport;
import io.serverherd.node.tls.LivePeerCredentials;
import io.serverherd.node.tls.PeerCredentialsParser;
import io.serverherd.node.tls.PeerTls;
import io.serverherd.node.tls.Refusal;
import io.serverherd.node.tls.TestAuthority;
import io.serverherd.node.tls.TlsFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers of herd h whose links may have TLS, with one CA for all of them. */
final class TlsHerd {
    final TestAuthority authority = TestAuthority.create();
    final Map<String, Server> servers = new LinkedHashMap<>();
    private final Transport transport;
    private final SslProvider provider;

    TlsHerd(Transport transport) {
        this(transport, PeerTls.bestProvider());
    }

    TlsHerd(Transport transport, SslProvider provider) {
        this.transport = transport;
        this.provider = provider;
    }

    /** Of one server, as far as certificates go. */
    private static final class Clock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    /** With credentials that can be changed. */
    static final class Server extends ServerUnderTest {
        final LivePeerCredentials credentials;
        private final Clock clock;
        final Map<String, Neighbour> neighbours = new LinkedHashMap<>();

        private Server(Transport transport, String name, LivePeerCredentials credentials, Clock clock)
                throws IOException {
            super(transport, name, ANY_PORT, Optional.of(credentials));
            this.credentials = credentials;
            this.clock = clock;
        }

        void clockIsAheadBy(Duration time) {
            clock.ahead = time;
        }

        void rotate(TlsFiles files) {
            credentials.read(files);
            node.credentialsChanged();
            assertThat(credentials.state().problem()).isNull();
        }

        long refused(Refusal reason) {
            return counters.peersRefused(reason);
        }

        long refused() {
            return Arrays.stream(Refusal.values()).mapToLong(this::refused).sum();
        }
    }

    Server server(String name) {
        return servers.get(name);
    }

    void start(String... names) throws IOException {
        for (String name : names) {
            start(name, authority.leaf(name).files(authority));
        }
    }

    void start(String name, TlsFiles files) throws IOException {
        Clock clock = new Clock();
        LivePeerCredentials credentials = new LivePeerCredentials(new PeerCredentialsParser(name), provider, clock);
        credentials.read(files);
        servers.put(name, new Server(transport, name, credentials, clock));
    }

    /** An edge of servers that run, for {@link #apply}; or how one goes from now on. */
    void link(String one, String other, boolean tls) {
        server(one).neighbours.put(other, at(other, server(other).peerPort(), tls));
        server(other).neighbours.put(one, at(one, server(one).peerPort(), tls));
    }

    void end() {
        servers.values().forEach(Server::end);
    }

    void apply() {
        servers.keySet().forEach(this::apply);
    }

    void apply(String server) {
        server(server).apply(List.copyOf(server(server).neighbours.values()));
    }

    void awaitLinks() {
        await().until(() -> servers.values().stream()
                .allMatch(server -> server.snapshot().peers().stream().allMatch(HerdSnapshot.Peer::connected)));
    }

    /** Alford and Ball, with one edge that is up. */
    void linked(boolean tls) throws IOException {
        start("Alford", "Ball");
        link("Alford", "Ball", tls);
        apply();
        awaitLinks();
    }

    void assertAllAgree(int clients) {
        Server.assertAllAgree(servers.values(), clients);
    }

    static Neighbour at(String server, int port, boolean tls) {
        return new Neighbour(server, "127.0.0.1", port, tls);
    }
}
