package io.serverherd.node.tls;

import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/** TLS of one client, which knows what it waits for. */
public final class ClientTlsHandler extends SslHandler {
    ClientTlsHandler(SSLEngine engine, Executor threads) {
        super(engine, threads);
    }

    /** Whether there is the begin of a record: it may hold the rest of a line. Event loop only. */
    public boolean inRecord() {
        return actualReadableBytes() > 0;
    }
}
