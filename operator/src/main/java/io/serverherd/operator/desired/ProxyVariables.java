package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Proxies of the operator's own environment, which it hands on to servers: where a cluster has a proxy, it is told to operators,
 * and they tell it to what they run.
 *
 * @param variables by their names in capitals; empty: there is no proxy
 */
public record ProxyVariables(Map<String, String> variables) {
    public static final ProxyVariables NONE = new ProxyVariables(Map.of());

    private static final List<String> PROXIES = List.of("HTTPS_PROXY", "HTTP_PROXY");

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

    /** In the order of their names. */
    List<EnvVar> environment() {
        return new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                        .toList();
    }

    /** Where servers must be able to reach them; those that can be read. */
    List<Integer> ports() {
        return PROXIES.stream()
                .map(variables::get)
                .filter(Objects::nonNull)
                .map(ProxyVariables::port)
                .filter(port -> port > 0)
                .distinct()
                .sorted()
                .toList();
    }

    private static int port(String proxy) {
        try {
            URI address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            return address.getPort() < 0 ? 80 : address.getPort();
        } catch (IllegalArgumentException e) {
            // A server refuses it and says so.
            return 0;
        }
    }

    /** Without the values, which may hold a password. */
    @Override
    public String toString() {
        return "ProxyVariables" + new TreeMap<>(variables).keySet();
    }
}
