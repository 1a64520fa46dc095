package io.serverherd.node.config;

import io.netty.util.NetUtil;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests go through which proxy: the usual variables of the environment, each in capitals or in small letters.
 *
 * <pre>
 * HTTPS_PROXY, HTTP_PROXY   by the scheme of what is asked
 * NO_PROXY                  example.com and what is below it, .example.com or *.example.com what is below it,
 *                           10.0.0.0/8, an address, each with a port or without, or * for all
 * </pre>
 *
 * Nothing goes from a machine to itself through a proxy.
 *
 * @param exceptions as in NO_PROXY, in small letters
 */
public record ProxyRules(Optional<HttpProxy> https, Optional<HttpProxy> http, List<String> exceptions) {
    public static final ProxyRules NONE = new ProxyRules(Optional.empty(), Optional.empty(), List.of());

    /** @param defects gets a line for each variable that is no proxy's address; without the value, which may hold a password */
    public static ProxyRules of(Map<String, String> environment, List<String> defects) {
        return new ProxyRules(
                proxy("HTTPS_PROXY", environment, defects),
                proxy("HTTP_PROXY", environment, defects),
                Arrays.stream(value("NO_PROXY", environment)
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .split(","))
                        .map(String::strip)
                        .filter(exception -> !exception.isEmpty())
                        .toList());
    }

    private static Optional<HttpProxy> proxy(String name, Map<String, String> environment, List<String> defects) {
        Optional<String> value = value(name, environment);
        Optional<HttpProxy> proxy = value.flatMap(HttpProxy::parse);
        if (value.isPresent() && proxy.isEmpty()) {
            defects.add(name + " must be " + HttpProxy.SHAPE);
        }
        return proxy;
    }

    private static Optional<String> value(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.getOrDefault(name, environment.get(name.toLowerCase(Locale.ROOT))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    public boolean isEmpty() {
        return https.isEmpty() && http.isEmpty();
    }

    /** All there are. */
    public List<HttpProxy> proxies() {
        List<HttpProxy> proxies = new ArrayList<>();
        https.ifPresent(proxies::add);
        http.ifPresent(proxies::add);
        return proxies;
    }

    /** @return empty: it is asked without one */
    public Optional<HttpProxy> proxyOf(URI asked) {
        String host = asked.getHost().replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
        boolean secure = "https".equalsIgnoreCase(asked.getScheme());
        int port = asked.getPort() > 0 ? asked.getPort() : secure ? 443 : 80;
        boolean excepted = isThisMachine(host) || exceptions.stream().anyMatch(rule -> matches(rule, host, port));
        return excepted ? Optional.empty() : secure ? https : http;
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || isWithin("127.0.0.0/8", host) || isWithin("::1", host);
    }

    private static boolean matches(String rule, String host, int port) {
        String name = rule;
        int colon = rule.lastIndexOf(':');
        // An IPv6 address has more than one colon, and brackets where a port follows.
        if (colon > 0 && (rule.indexOf(':') == colon || rule.charAt(colon - 1) == ']')) {
            if (!rule.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = rule.substring(0, colon);
        }
        name = name.replaceAll("[\\[\\]]", "");
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.equals("*")
                || name.equals(host)
                || isWithin(name, host)
                || host.endsWith(name.startsWith(".") ? name : "." + name);
    }

    private static int length(String prefix) {
        return prefix.matches("[0-9]{1,3}") ? Integer.parseInt(prefix) : Integer.MAX_VALUE;
    }

    /** @param range such as {@code 10.0.0.0/8}, or one address, which is spelled in many ways where it is IPv6 */
    private static boolean isWithin(String range, String host) {
        String[] parts = range.split("/", 2);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (network == null || address == null || network.length != address.length) {
            return false;
        }
        int bits = parts.length < 2 ? network.length * 8 : length(parts[1]);
        if (bits > network.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % 8;
            if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
