package io.serverherd.local.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says about a run.
 *
 * @param home the state folder
 * @param root the project's folder; empty: where the jar lies
 * @param podNetwork loopback network of the pods' addresses, such as {@code 127.0.1.0}
 * @param placesKey Google's; empty: the demo server answers
 */
public record RunSettings(
        Path home,
        Optional<Path> root,
        int apiPort,
        int placesPort,
        int operatorPort,
        String podNetwork,
        Optional<String> placesKey) {

    public static final String HELP = """
            Starts a herd on this machine, without a cluster, as `make run` does: an API server, a kubelet that runs pods as
            processes, the operator, and examples/five-node-herd.yaml. Ctrl-C ends it. Its environment says the rest.

              PLACES_API_KEY      Google's key; without it made-up places answer
              HERD_HOME           state folder                                    .herd
              HERD_ROOT           the project's folder                            where this jar was built
              HERD_API_PORT       of the API server                               7080
              HERD_PLACES_PORT    of the made-up places                           7081
              HERD_OPERATOR_PORT  of the operator's /livez, /readyz and /metrics  7082
              HERD_POD_NETWORK    loopback network of the pods                    127.0.1.0

            Exit codes: 0 ended by Ctrl-C, 1 with a line that says why, 2 wrong argument.
            """;

    static final String HOME = "HERD_HOME";
    static final String ROOT = "HERD_ROOT";
    static final String API_PORT = "HERD_API_PORT";
    static final String PLACES_PORT = "HERD_PLACES_PORT";
    static final String OPERATOR_PORT = "HERD_OPERATOR_PORT";
    static final String POD_NETWORK = "HERD_POD_NETWORK";
    static final String PLACES_KEY = "PLACES_API_KEY";

    /** @throws RunException naming the variable that is wrong */
    public static RunSettings from(Map<String, String> environment) throws RunException {
        String network = text(environment, POD_NETWORK).orElse("127.0.1.0");
        if (!network.matches("127(\\.(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])){2}\\.0")) {
            throw new RunException(
                    "%s=%s: must be a loopback network, 127.x.y.0, such as 127.0.2.0".formatted(POD_NETWORK, network));
        }
        return new RunSettings(
                Path.of(text(environment, HOME).orElse(".herd")),
                text(environment, ROOT).map(Path::of),
                port(environment, API_PORT, 7080),
                port(environment, PLACES_PORT, 7081),
                port(environment, OPERATOR_PORT, 7082),
                network,
                text(environment, PLACES_KEY));
    }

    /** An empty variable is one that was not set. */
    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static int port(Map<String, String> environment, String name, int fallback) throws RunException {
        Optional<String> text = text(environment, name);
        if (text.isEmpty()) {
            return fallback;
        }
        int port = text.get().matches("\\d{1,5}") ? Integer.parseInt(text.get()) : 0;
        if (port < 1 || port > 65535) {
            throw new RunException("%s=%s: must be a port, 1-65535".formatted(name, text.get()));
        }
        return port;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "RunSettings[home=%s, root=%s, ports=%d %d %d, podNetwork=%s, placesKey=%s]"
                .formatted(
                        home,
                        root,
                        apiPort,
                        placesPort,
                        operatorPort,
                        podNetwork,
                        placesKey.isPresent() ? "given" : "none");
    }
}
