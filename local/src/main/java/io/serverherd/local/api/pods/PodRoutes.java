package io.serverherd.local.api.pods;

import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Target;

/** Brings requests below a pod to what answers them. */
public final class PodRoutes {

    private final Reading reading;

    public PodRoutes(Reading reading) {
        this.reading = reading;
    }

    public Reply route(Target target, ApiRequest request) {
        throw ApiException.unknownPath();
    }
}
