package io.serverherd.node.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.serverherd.node.config.Neighbour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;

/**
 * Dials over TCP. Names are looked up anew for each dial, as a neighbour that was restarted has another address, and on
 * another thread: the JDK's look-up blocks, for seconds when a name server is slow.
 */
final class TcpDialler implements Dialler {
    private final PeerPort port;
    private final Executor lookups;
    private final Bootstrap bootstrap;

    TcpDialler(PeerPort port, Executor lookups, Bootstrap bootstrap) {
        this.port = port;
        this.lookups = lookups;
        this.bootstrap = bootstrap;
    }

    @Override
    public void dial(Neighbour neighbour, Outcome outcome) {
        lookups.execute(() -> {
            try {
                InetAddress address = InetAddress.getByName(neighbour.host());
                port.io().loop().execute(() -> connect(new InetSocketAddress(address, neighbour.port()), outcome));
            } catch (UnknownHostException e) {
                port.io().loop().execute(() -> outcome.failed("no address is known of " + neighbour.host()));
            }
        });
    }

    private void connect(InetSocketAddress address, Outcome outcome) {
        PeerConnection connection = new PeerConnection(port);
        ChannelFuture connect = bootstrap.clone().handler(connection).connect(address);
        connect.addListener(done -> {
            if (done.isSuccess()) {
                outcome.connected(connection);
            } else {
                outcome.failed(done.cause().getMessage());
            }
        });
    }
}
