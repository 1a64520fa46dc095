package io.serverherd.local.api;

import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Counts requests that ask for a change, whether or not one came of it: a controller that applies what is there already
 * leaves no other trace.
 */
final class WriteCount implements Function<ApiRequest, Reply> {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final Function<ApiRequest, Reply> api;
    private final AtomicLong writes = new AtomicLong();

    WriteCount(Function<ApiRequest, Reply> api) {
        this.api = api;
    }

    long writes() {
        return writes.get();
    }

    @Override
    public Reply apply(ApiRequest request) {
        if (WRITES.contains(request.method())) {
            writes.incrementAndGet();
        }
        return api.apply(request);
    }
}
