package io.serverherd.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class StrangersTest {
    @Test
    void theyComeFromAddressesOfTheirOwnAndAllGo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Strangers strangers = new Strangers((InetSocketAddress) server.getLocalSocketAddress());
            SocketChannel one = strangers.connect(0);
            strangers.connect(5);

            assertThat(server.accept().getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
            assertThat(server.accept().getInetAddress().getHostAddress()).isEqualTo("127.0.0.7");
            strangers.close();
            assertThat(one.isOpen()).isFalse();
            assertThatThrownBy(() -> strangers.connect(0)).isInstanceOf(ClosedChannelException.class);
        }
    }
}
