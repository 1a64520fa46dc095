package io.serverherd.node.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy.
 *
 * @param credentials user and password, with a colon between them
 */
public record HttpProxy(String host, int port, Optional<String> credentials) {
    /** What {@link #parse} takes, in words. */
    public static final String SHAPE = "http://host:port, or http://user:password@host:port";

    private static final int DEFAULT_PORT = 80;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:http://)?(?:([^@/?#]*)@)?(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/?");

    /** @return empty: it is no such address */
    static Optional<HttpProxy> parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int port = parts.group(3) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(3));
        if (port < 1 || port > 65_535) {
            return Optional.empty();
        }
        try {
            // URLDecoder takes a plus for a blank; in an address it is one.
            Optional<String> credentials = Optional.ofNullable(parts.group(1))
                    .map(text -> URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
            return Optional.of(new HttpProxy(parts.group(2).replaceAll("[\\[\\]]", ""), port, credentials));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The header Proxy-Authorization that it wants (RFC 7617). */
    public Optional<String> authorization() {
        return credentials
                .map(text -> text.contains(":") ? text : text + ":")
                .map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
