package io.serverherd.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The reference: Redis as the machine has it, keeping nothing on the disk. Its GEOADD does what IAMAT asks for. */
public final class RedisServer implements Candidate {
    /** What must be on the PATH. */
    public static final String PROGRAM = "redis-server";

    private final Dialogue dialogue = new GeoAdds(CLIENTS);
    private final int port;
    private final ServerProcess process;

    /** Returns when it takes connections. */
    public RedisServer(Processors processors, Path folder) throws IOException {
        port = FreePorts.some(1).get(0);
        List<String> command = new ArrayList<>(processors.ofServers());
        command.addAll(List.of(PROGRAM, "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
        process = new ServerProcess(command, Map.of(), folder.resolve("redis.log"));
        process.await("Redis takes connections", this::connects);
    }

    private boolean connects() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address());
            return true;
        }
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @Override
    public Dialogue dialogue() {
        return dialogue;
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(process.handle());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
