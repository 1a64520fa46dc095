package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Proxies of the operator's own environment, which it hands on to servers: where a cluster has a proxy, it is told to operators,
 * and they tell it to what they run.
 *
 * @param variables by their names in capitals; empty: there is no proxy
 */
public record ProxyVariables(Map<String, String> variables) {
    public static final ProxyVariables NONE = new ProxyVariables(Map.of());

    /** What a server takes, in words. */
    public static final String SHAPE = "http://host:port, or http://user:password@host:port";

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "HTTP_PROXY");
    /** As a server reads it; its port is in the group. */
    private static final Pattern ADDRESS = Pattern.compile("(?:http://)?(?:(?:[^@/?#%]|%[0-9A-Fa-f]{2})*@)?"
            + "(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/?");

    private static final int DEFAULT_PORT = 80;
    private static final int HIGHEST_PORT = 65_535;

    public ProxyVariables {
        variables = Map.copyOf(variables);
    }

    /** Empty ones count as none, and exceptions from no proxy are none. */
    public static ProxyVariables of(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        Stream.concat(PROXIES.stream(), Stream.of("NO_PROXY")).forEach(name -> {
            String small = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
            String value = environment.getOrDefault(name, small).strip();
            if (!value.isEmpty()) {
                variables.put(name, value);
            }
        });
        return PROXIES.stream().anyMatch(variables::containsKey) ? new ProxyVariables(variables) : NONE;
    }

    /** Names of those that no server would start with. */
    public List<String> unusable() {
        return PROXIES.stream()
                .filter(name ->
                        variables.containsKey(name) && port(variables.get(name)).isEmpty())
                .toList();
    }

    /** In the order of their names. */
    List<EnvVar> environment() {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                        .toList();
    }

    /** Where servers must be able to reach them. */
    List<Integer> ports() {
        return PROXIES.stream()
                .map(variables::get)
                .filter(Objects::nonNull)
                .map(ProxyVariables::port)
                .flatMapToInt(OptionalInt::stream)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    /** Empty where it is no proxy's address. */
    private static OptionalInt port(String proxy) {
        Matcher address = ADDRESS.matcher(proxy);
        if (!address.matches()) {
            return OptionalInt.empty();
        }
        int port = address.group(1) == null ? DEFAULT_PORT : Integer.parseInt(address.group(1));
        return port >= 1 && port <= HIGHEST_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** Without the values, which may hold a password. */
    @Override
    public String toString() {
        return "ProxyVariables" + new TreeMap<>(variables).keySet();
    }
}
