package io.serverherd.operator;

import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.desired.ProxyVariables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the operator is told by its environment.
 *
 * @param watchNamespaces empty: all
 * @param nodeImage       of new herds that name none
 * @param placesEndpoint  of herds that name none; without a slash at the end
 * @param proxies         of servers, as of the operator itself
 * @param trustDomain     in the identities that servers show to their neighbours
 * @param resync          every herd is looked at again at least this often
 * @param http            address of /livez, /readyz and /metrics; port 0: any free one
 * @param namespace       where the operator itself runs; empty: not known
 * @param leaderElection  one of several operators acts, the others stand by
 * @param podName         this operator among those; no two have the same
 */
public record OperatorConfig(
        Set<String> watchNamespaces,
        String nodeImage,
        String placesEndpoint,
        ProxyVariables proxies,
        String trustDomain,
        Duration resync,
        String logLevel,
        InetSocketAddress http,
        Optional<String> namespace,
        boolean leaderElection,
        String podName) {

    /** The table that {@code --help} prints. */
    static final String HELP = """
            Turns ServerHerd resources into pods and keeps their neighbours true. It finds the API server as any client
            does (KUBECONFIG, or the service account of its pod), and is told the rest by its environment.

              OPERATOR_WATCH_NAMESPACES  one namespace, or several with commas between     all
              OPERATOR_NODE_IMAGE        image of new herds that name none                 ghcr.io/serverherd/herd-node:0.1.0
              OPERATOR_PLACES_ENDPOINT   Places endpoint of herds that name none           https://maps.googleapis.com
                                         (by default https://places.googleapis.com for the API New)
              OPERATOR_TRUST_DOMAIN      of the identities that servers show to each other cluster.local
              OPERATOR_RESYNC_SECONDS    every herd is looked at again at least this often 300
              OPERATOR_LOG_LEVEL         error, warn, info, debug or trace                 info
              OPERATOR_HTTP_BIND         IP address of /livez, /readyz and /metrics        0.0.0.0
              OPERATOR_HTTP_PORT         and their port                                    8080
              OPERATOR_NAMESPACE         where the operator itself runs                    the service account's
              OPERATOR_LEADER_ELECTION   true: of several operators one acts               false
              OPERATOR_POD_NAME          this operator's own name among those              host name, random suffix
              HTTPS_PROXY, HTTP_PROXY    proxies: of the operator as in other programs,    none
              NO_PROXY                   and handed on to servers, for Places

            Exit codes: 1 it could not be started (the HTTP port, most often), 2 wrong environment or argument,
            3 another may lead and work under way did not end in time, 143 ended by SIGTERM.
            """;

    private static final Path SERVICE_ACCOUNT_NAMESPACE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");
    private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    /** The environment can't be used. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient List<String> defects;

        RefusedException(List<String> defects) {
            super(String.join("\n", defects));
            this.defects = List.copyOf(defects);
        }

        /** One line each, naming the variable. */
        public List<String> defects() {
            return defects;
        }
    }

    /** @throws RefusedException with every defect there is */
    public static OperatorConfig from(Map<String, String> environment) throws RefusedException {
        return from(environment, SERVICE_ACCOUNT_NAMESPACE);
    }

    /** @param namespaceFile where a pod finds the namespace it is in */
    static OperatorConfig from(Map<String, String> environment, Path namespaceFile) throws RefusedException {
        Reader read = new Reader(environment);
        OperatorConfig config = new OperatorConfig(
                read.namespaces("OPERATOR_WATCH_NAMESPACES"),
                read.text(
                        "OPERATOR_NODE_IMAGE",
                        "ghcr.io/serverherd/herd-node:0.1.0",
                        "an image name",
                        image -> image.matches("\\S+")),
                read.text(
                        "OPERATOR_PLACES_ENDPOINT",
                        "https://maps.googleapis.com",
                        "http:// or https://, a host, and no slash at the end",
                        OperatorConfig::isEndpoint),
                ProxyVariables.of(environment),
                read.text(
                        "OPERATOR_TRUST_DOMAIN",
                        "cluster.local",
                        "a name of lower-case letters, digits, - and .",
                        name -> name.matches("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?")),
                Duration.ofSeconds(read.number("OPERATOR_RESYNC_SECONDS", 300, 1, 86_400)),
                read.text("OPERATOR_LOG_LEVEL", "info", "one of error, warn, info, debug, trace", LOG_LEVELS::contains),
                new InetSocketAddress(
                        read.text("OPERATOR_HTTP_BIND", "0.0.0.0", "an IP address", OperatorConfig::isAddress),
                        (int) read.number("OPERATOR_HTTP_PORT", 8080, 0, 65_535)),
                read.namespace("OPERATOR_NAMESPACE", namespaceFile),
                read.flag("OPERATOR_LEADER_ELECTION"),
                read.text(
                        "OPERATOR_POD_NAME",
                        hostName() + "-" + UUID.randomUUID().toString().substring(0, 8),
                        "a name of letters, digits, - and .",
                        name -> name.matches("[A-Za-z0-9]([-.A-Za-z0-9]{0,251}[A-Za-z0-9])?")));
        // Without the value: it may hold a password.
        config.proxies
                .unusable()
                .forEach(name -> read.defects.add(name + ": must be " + ProxyVariables.SHAPE
                        + ", for servers are handed it and would not start"));
        if (config.leaderElection && config.namespace.isEmpty()) {
            read.defects.add("OPERATOR_NAMESPACE=\"\": must be the namespace that holds the Lease, as"
                    + " OPERATOR_LEADER_ELECTION is true");
        }
        if (!read.defects.isEmpty()) {
            throw new RefusedException(read.defects);
        }
        return config;
    }

    private static boolean isEndpoint(String text) {
        try {
            URI uri = URI.create(text);
            return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && !text.endsWith("/")
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Letters, digits, - and . only; the operator's own where the machine has no such name. */
    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[A-Za-z0-9][-.A-Za-z0-9]{0,200}") ? name : Labels.OPERATOR;
        } catch (UnknownHostException e) {
            return Labels.OPERATOR;
        }
    }

    private static boolean isNamespace(String text) {
        return text.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }

    private static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    }

    private static Optional<String> contentOf(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException notInAPod) {
            return Optional.empty();
        }
    }

    /** Reads on after a defect, so that all of them are told at once. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<String> defects = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        Set<String> namespaces(String name) {
            Set<String> namespaces = Arrays.stream(
                            environment.getOrDefault(name, "").split(","))
                    .map(String::strip)
                    .filter(namespace -> !namespace.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            namespaces.stream()
                    .filter(namespace -> !isNamespace(namespace))
                    .forEach(namespace -> refuse(name, namespace, "namespaces, separated by commas; empty for all"));
            return namespaces;
        }

        Optional<String> namespace(String name, Path otherwise) {
            String namespace = value(name, "");
            if (namespace.isEmpty()) {
                return contentOf(otherwise).filter(OperatorConfig::isNamespace);
            }
            return Optional.of(text(name, "", "the name of a namespace", OperatorConfig::isNamespace));
        }

        boolean flag(String name) {
            return text(name, "false", "true or false", Set.of("true", "false")::contains)
                    .equals("true");
        }

        String text(String name, String otherwise, String wanted, Predicate<String> accepted) {
            String value = value(name, otherwise);
            if (accepted.test(value)) {
                return value;
            }
            refuse(name, value, wanted);
            return otherwise;
        }

        long number(String name, long otherwise, long least, long most) {
            String value = value(name, String.valueOf(otherwise));
            if (value.matches("[0-9]{1,9}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most) {
                return Long.parseLong(value);
            }
            refuse(name, value, "a whole number, " + least + " to " + most);
            return otherwise;
        }

        /** An empty variable is an unset one: templates write such. */
        private String value(String name, String otherwise) {
            String value = environment.getOrDefault(name, "").strip();
            return value.isEmpty() ? otherwise : value;
        }

        private void refuse(String name, String value, String wanted) {
            defects.add(name + "=\"" + value.replaceAll("\\p{Cntrl}", "?") + "\": must be " + wanted);
        }
    }
}
