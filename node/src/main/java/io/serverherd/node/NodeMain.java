package io.serverherd.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serverherd.node.log.EventLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.Security;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code java -jar herd-node.jar}: one server of a herd. */
public final class NodeMain {
    private static final int PORT_TAKEN = 1;
    private static final int WRONG_ENVIRONMENT = 2;

    /** In UTF-8 whatever the locale, as all that the node writes. */
    private static final PrintStream STDERR = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);

    private NodeMain() {}

    public static void main(String[] args) {
        String option = args.length == 0 ? "" : args[0];
        switch (option) {
            case "" -> run();
            case "--help" -> System.out.print(NodeConfig.HELP);
            case "--version" -> System.out.println("herd-node " + version());
            default -> {
                STDERR.println("herd-node: unknown argument \"" + option + "\"; there are --help and --version");
                System.exit(WRONG_ENVIRONMENT);
            }
        }
    }

    private static void run() {
        keepNoAddresses();
        refuseRenegotiation();
        NodeConfig config = environment();
        NodeProcess process = null;
        try {
            process = new NodeProcess(config, version());
        } catch (IOException e) {
            LoggerFactory.getLogger(NodeMain.class)
                    .atError()
                    .addKeyValue("reason", e.getMessage())
                    .log("node.not-started");
            EventLog.stop();
            System.exit(PORT_TAKEN);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(stopping(process), "stop"));
    }

    /** A neighbour that came back has another address. To be called before the first look-up. */
    private static void keepNoAddresses() {
        for (String property : List.of("networkaddress.cache.ttl", "networkaddress.cache.negative.ttl")) {
            // To set one takes 20 ms, so the run time of the image has them.
            if (!"0".equals(Security.getProperty(property))) {
                Security.setProperty(property, "0");
            }
        }
    }

    /** A client of TLS 1.2 could keep this server busy with one handshake after the other. To be called before there is TLS. */
    private static void refuseRenegotiation() {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private static NodeConfig environment() {
        try {
            NodeConfig config = NodeConfig.from(System.getenv());
            if (config.logDir().isPresent()) {
                logTo(config);
            }
            return config;
        } catch (NodeConfig.RefusedException e) {
            e.getMessage().lines().forEach(line -> STDERR.println("herd-node: " + line));
            System.exit(WRONG_ENVIRONMENT);
            throw new IllegalStateException("exit returns to nobody", e);
        }
    }

    private static void logTo(NodeConfig config) throws NodeConfig.RefusedException {
        try {
            EventLog.alsoTo(config.logDir().orElseThrow(), config.server());
        } catch (IOException e) {
            throw new NodeConfig.RefusedException(List.of(
                    "HERD_LOG_DIR is \"" + config.logDir().orElseThrow() + "\": can't be written: " + e.getMessage()));
        }
    }

    private static Runnable stopping(NodeProcess process) {
        return () -> {
            process.stop();
            EventLog.stop();
            // Java's own exit code after a signal says 128 + signal; to be stopped is no failure of ours.
            Runtime.getRuntime().halt(0);
        };
    }

    private static String version() {
        String version = NodeMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
