package io.serverherd.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A candidate whose clients speak TLS.
 *
 * @param context what they need for that
 */
public record TlsClients(Candidate server, SSLContext context) implements Candidate {
    @Override
    public String name() {
        return server.name();
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public Optional<SSLContext> tls() {
        return Optional.of(context);
    }

    @Override
    public Dialogue dialogue() {
        return server.dialogue();
    }

    @Override
    public List<ProcessHandle> processes() {
        return server.processes();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
