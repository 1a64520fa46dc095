package io.serverherd.node.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.serverherd.node.protocol.LineBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketWriterTest {
    /** A connection whose kernel takes bytes or does not. */
    private static final class Connection extends EmbeddedChannel {
        private final ChannelHandlerContext context = pipeline().lastContext();
        private boolean takes = true;

        Connection() {
            super(new ChannelInboundHandlerAdapter() {
                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                    // What was not written when a connection closes fails.
                }
            });
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer queue) {
            while (takes && queue.current() != null) {
                handleOutboundMessage(((ByteBuf) queue.current()).copy());
                queue.remove();
            }
        }

        List<ByteBuf> queued() throws Exception {
            List<ByteBuf> queued = new ArrayList<>();
            unsafe().outboundBuffer().forEachFlushedMessage(message -> queued.add((ByteBuf) message));
            return queued;
        }
    }

    private final SocketWriter writer = new SocketWriter();
    private final Connection connection = new Connection();

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    private void write(Connection to, String line) {
        LineBuffer out = new LineBuffer(16);
        out.append(line.getBytes(US_ASCII));
        writer.writeAndFlush(to.context, out);
        assertThat(out.isEmpty()).isTrue();
    }

    private String written() {
        StringBuilder written = new StringBuilder();
        for (ByteBuf buf = connection.readOutbound(); buf != null; buf = connection.readOutbound()) {
            written.append(buf.toString(US_ASCII));
            buf.release();
        }
        return written.toString();
    }

    @Test
    void whatWaitsForTheKernelKeepsItsBytesWhileOthersAreWritten() {
        Connection other = new Connection();
        connection.takes = false;
        write(connection, "one ");
        write(other, "else");
        write(connection, "x".repeat(70_000));
        write(other, "more");

        connection.takes = true;
        write(connection, " three");

        assertThat(written()).isEqualTo("one " + "x".repeat(70_000) + " three");
        other.finishAndReleaseAll();
    }

    @Test
    void aQueueTakesLittleMoreThanTheBytesInIt() throws Exception {
        connection.takes = false;
        for (int i = 0; i < 1_000; i++) {
            write(connection, "AT Alford +0.1 kiwi +1+1 1479413884\n");
        }

        assertThat(connection.queued()).hasSize(1_000);
        assertThat(connection.queued().stream().mapToInt(ByteBuf::capacity).sum())
                .isLessThan(100_000);
    }

    @Test
    void aBufferIsUsedAgainWhenTheKernelIsThroughWithIt() throws Exception {
        connection.takes = false;
        write(connection, "one");
        ByteBuf first = connection.queued().get(0);
        connection.takes = true;
        connection.flush();

        List<ByteBuf> used = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Connection other = new Connection();
            other.takes = false;
            write(other, "two");
            used.addAll(other.queued());
        }

        assertThat(used).contains(first);
    }

    @Test
    void toWriteToAClosedConnectionIsNoHarm() {
        connection.close();

        write(connection, "one");

        assertThat(written()).isEmpty();
    }
}
