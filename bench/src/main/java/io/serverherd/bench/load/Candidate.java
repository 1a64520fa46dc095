package io.serverherd.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Something that is put under load: a server, or several that work together. It ends when it is closed. */
public interface Candidate extends AutoCloseable {
    /** How many clients each has. */
    int CLIENTS = 10_000;

    /** For tables. */
    String name();

    /** Where clients connect. */
    InetSocketAddress address();

    /** What its clients need to speak TLS; empty: they speak plainly. */
    default Optional<SSLContext> tls() {
        return Optional.empty();
    }

    /** What its clients say; always the same one, as it knows what the server has been told. */
    Dialogue dialogue();

    /** All that work for it. */
    List<ProcessHandle> processes();

    @Override
    void close() throws IOException;
}
