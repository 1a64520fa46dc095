package io.serverherd.node;

import io.netty.util.NetUtil;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.config.ServerName;
import io.serverherd.node.net.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a process is told by its environment and keeps for life. All that may change meanwhile is in `herd.json`.
 *
 * @param bind      an IP address; {@code 0.0.0.0} is all of IPv4
 * @param configDir has {@code herd.json}
 * @param placesDir has {@code api-key}
 * @param tlsDir    has {@code tls.crt}, {@code tls.key} and {@code ca.crt}, or will have; absent: no TLS with neighbours
 * @param clientTlsDir has {@code tls.crt} and {@code tls.key}, or will have; absent: no TLS with clients
 * @param clientCaDir  has {@code ca.crt}, or will have: the CAs of clients; absent: clients need no certificate
 * @param logDir    gets {@code <server>.log}
 * @param dataDir   keeps the records; absent: they are in memory alone
 * @param transport the one that is wanted
 * @param placesCaDir has {@code ca.crt}
 * @param proxies   through which Places are asked
 */
public record NodeConfig(
        String herd,
        String server,
        String bind,
        int clientPort,
        int peerPort,
        int adminPort,
        Path configDir,
        Optional<Path> placesDir,
        Optional<Path> tlsDir,
        Optional<Path> clientTlsDir,
        Optional<Path> clientCaDir,
        Optional<Path> logDir,
        Optional<Path> dataDir,
        Transport transport,
        Optional<Path> placesCaDir,
        ProxyRules proxies) {

    /** The table that {@code --help} prints. */
    static final String HELP = """
            One server of a herd. It is told by its environment what it is, and by herd.json, which it follows
            while it runs, who its neighbours are.

              HERD_NAME         the herd's name; neighbours of another herd are refused           required
              HERD_SERVER       this server's name                                                required
              HERD_CONFIG_DIR   folder with herd.json                                             required
              HERD_BIND         IP address that all three ports are opened on                     0.0.0.0
              HERD_CLIENT_PORT  port for clients: IAMAT, WHATSAT                                  12000
              HERD_PEER_PORT    port for neighbours                                               12100
              HERD_ADMIN_PORT   port for HTTP: /livez /readyz /metrics /status                    12200
              HERD_PLACES_DIR   folder with the file api-key, Google Places' key                  no key
              HERD_TLS_DIR      folder with tls.crt, tls.key and ca.crt: mutual TLS on links      plain links
              HERD_CLIENT_TLS_DIR
                                folder with tls.crt and tls.key: TLS for all clients                plain clients
              HERD_CLIENT_CA_DIR
                                folder with ca.crt: only clients with a certificate of these CAs    any client
              HERD_PLACES_CA_DIR
                                folder with ca.crt: authorities of Places, beside Java's own        none
              HERD_LOG_DIR      folder for <server>.log, beside the log on standard output        none
              HERD_DATA_DIR     folder of its own that keeps the records over restarts            memory only
              HERD_TRANSPORT    epoll, io_uring or nio; the next best where it does not work      epoll
              HTTPS_PROXY, HTTP_PROXY, NO_PROXY
                                how Places are reached, as in other programs                        directly

            Exit codes: 0 stopped by SIGTERM or SIGINT, 1 a port could not be opened, 2 wrong environment.
            """;

    private static final String HERD_GRAMMAR = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

    /** An environment that can't be used: one line per defect. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(List<String> defects) {
            super(String.join("\n", defects));
        }
    }

    /** @throws RefusedException with a line for each variable that is missing or wrong */
    public static NodeConfig from(Map<String, String> environment) throws RefusedException {
        return new Reader(environment).read();
    }

    InetSocketAddress clientAddress() {
        return new InetSocketAddress(bind, clientPort);
    }

    InetSocketAddress peerAddress() {
        return new InetSocketAddress(bind, peerPort);
    }

    InetSocketAddress adminAddress() {
        return new InetSocketAddress(bind, adminPort);
    }

    /** Reads on after a defect, so that all of them are told at once. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> defects = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        NodeConfig read() throws RefusedException {
            NodeConfig config = new NodeConfig(
                    text("HERD_NAME", HERD_GRAMMAR, "a name of lower-case letters, digits, hyphens and dots"),
                    server(),
                    bind(),
                    port("HERD_CLIENT_PORT", 12_000),
                    port("HERD_PEER_PORT", 12_100),
                    port("HERD_ADMIN_PORT", 12_200),
                    Path.of(required("HERD_CONFIG_DIR", "the folder that has herd.json")),
                    folder("HERD_PLACES_DIR"),
                    folder("HERD_TLS_DIR"),
                    folder("HERD_CLIENT_TLS_DIR"),
                    folder("HERD_CLIENT_CA_DIR"),
                    folder("HERD_LOG_DIR"),
                    folder("HERD_DATA_DIR"),
                    transport(),
                    folder("HERD_PLACES_CA_DIR"),
                    ProxyRules.of(environment, defects));
            refuseSamePorts(config);
            if (config.clientCaDir.isPresent() && config.clientTlsDir.isEmpty()) {
                defects.add(
                        "HERD_CLIENT_CA_DIR is set without HERD_CLIENT_TLS_DIR: clients without TLS show no certificate");
            }
            if (!defects.isEmpty()) {
                throw new RefusedException(defects);
            }
            return config;
        }

        /** An empty value is no value: templates write one where they have nothing. */
        private Optional<String> value(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
        }

        private String required(String name, String what) {
            Optional<String> value = value(name);
            if (value.isEmpty()) {
                defects.add(name + " is not set: must be " + what);
            }
            return value.orElse("");
        }

        private String text(String name, String grammar, String what) {
            String value = required(name, what);
            if (!value.isEmpty() && !value.matches(grammar)) {
                wrong(name, value, "must be " + what);
            }
            return value;
        }

        private String server() {
            String value = required("HERD_SERVER", "a server's name: " + ServerName.GRAMMAR);
            if (!value.isEmpty() && !ServerName.isValid(value)) {
                wrong("HERD_SERVER", value, "must be a server's name: " + ServerName.GRAMMAR);
            }
            return value;
        }

        private String bind() {
            String value = value("HERD_BIND").orElse("0.0.0.0");
            if (!NetUtil.isValidIpV4Address(value) && !NetUtil.isValidIpV6Address(value)) {
                wrong("HERD_BIND", value, "must be an IP address");
            }
            return value;
        }

        private int port(String name, int whenAbsent) {
            String value = value(name).orElse(Integer.toString(whenAbsent));
            int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
            if (port < 1 || port > 65_535) {
                wrong(name, value, "must be a port, 1–65535");
            }
            return port;
        }

        private Transport transport() {
            String value = value("HERD_TRANSPORT").orElse(Transport.EPOLL.lowerCase());
            for (Transport transport : Transport.values()) {
                if (transport.lowerCase().equals(value)) {
                    return transport;
                }
            }
            wrong("HERD_TRANSPORT", value, "must be epoll, io_uring or nio");
            return Transport.EPOLL;
        }

        private Optional<Path> folder(String name) {
            return value(name).map(Path::of);
        }

        private void refuseSamePorts(NodeConfig config) {
            if (config.clientPort == config.peerPort
                    || config.clientPort == config.adminPort
                    || config.peerPort == config.adminPort) {
                defects.add("HERD_CLIENT_PORT, HERD_PEER_PORT and HERD_ADMIN_PORT are " + config.clientPort + ", "
                        + config.peerPort + " and " + config.adminPort + ": must be three different ports");
            }
        }

        private void wrong(String name, String value, String what) {
            String shown = value.replaceAll("\\p{Cntrl}", "?");
            defects.add(name + " is \"" + shown + "\": " + what);
        }
    }
}
