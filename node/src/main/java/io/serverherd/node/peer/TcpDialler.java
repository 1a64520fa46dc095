package io.serverherd.node.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.serverherd.node.config.Neighbour;
import io.serverherd.node.tls.Refusal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;

/**
 * Dials over TCP, and TLS where the edge requires it. Names are looked up anew for each dial, as a neighbour that was
 * restarted has another address, and on another thread: the JDK's look-up blocks, for seconds when a name server is slow.
 */
final class TcpDialler implements Dialler {
    private final PeerPort port;
    private final Executor lookups;
    private final Bootstrap bootstrap;
    private final Handshakes handshakes;

    TcpDialler(PeerPort port, Executor lookups, Bootstrap bootstrap, Handshakes handshakes) {
        this.port = port;
        this.lookups = lookups;
        this.bootstrap = bootstrap;
        this.handshakes = handshakes;
    }

    @Override
    public void dial(Neighbour neighbour, Outcome outcome) {
        lookups.execute(() -> {
            try {
                InetAddress address = InetAddress.getByName(neighbour.host());
                port.io()
                        .loop()
                        .execute(() -> connect(new InetSocketAddress(address, neighbour.port()), neighbour, outcome));
            } catch (UnknownHostException e) {
                port.io().loop().execute(() -> outcome.failed("no address is known of " + neighbour.host()));
            }
        });
    }

    private void connect(InetSocketAddress address, Neighbour neighbour, Outcome outcome) {
        PeerConnection connection = new PeerConnection(port);
        ChannelFuture connect = bootstrap.clone().handler(connection).connect(address);
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                outcome.failed(done.cause().getMessage());
            } else if (neighbour.tls()) {
                handshakes.dial(connection, proof(connection, neighbour, outcome));
            } else {
                outcome.connected(connection);
            }
        });
    }

    private Handshakes.Outcome proof(PeerConnection connection, Neighbour neighbour, Outcome outcome) {
        return new Handshakes.Outcome() {
            @Override
            public void proven(String server) {
                if (server.equals(neighbour.server())) {
                    outcome.connected(connection);
                } else {
                    refused(Refusal.WRONG_HERD, "its certificate says it is " + server);
                }
            }

            @Override
            public void refused(Refusal reason, String why) {
                port.counters().refused(reason);
                connection.close();
                outcome.failed(why);
            }

            @Override
            public void lost() {
                outcome.failed("it closed the connection during the TLS handshake");
            }
        };
    }
}
