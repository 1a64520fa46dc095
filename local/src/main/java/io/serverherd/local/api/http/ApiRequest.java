package io.serverherd.local.api.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request, read whole.
 *
 * @param path decoded, without the query
 */
public record ApiRequest(
        String method, String path, Map<String, List<String>> parameters, HttpHeaders headers, byte[] body) {

    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** Whether a yes-or-no parameter says yes. */
    public boolean flag(String name) {
        return parameter(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    /** @throws BadParameterException when the parameter is no whole number of 0 or more */
    public Optional<Long> number(String name) {
        return parameter(name).map(text -> {
            if (!text.matches("\\d{1,18}")) {
                throw new BadParameterException(name, text, "a whole number");
            }
            return Long.valueOf(text);
        });
    }

    /** Media type of the body in lower case, without parameters; empty when not given. */
    public String contentType() {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        return type.split(";", 2)[0].trim().toLowerCase(java.util.Locale.ROOT);
    }

    public String accept() {
        return String.join(",", headers.getAll(HttpHeaderNames.ACCEPT));
    }

    /** What stands before the slash in User-Agent, such as {@code kubectl}. */
    public String agent() {
        String agent = headers.get(HttpHeaderNames.USER_AGENT, "").split("/", 2)[0];
        return agent.isEmpty() ? "unknown" : agent;
    }
}
