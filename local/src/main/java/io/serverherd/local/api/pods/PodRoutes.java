package io.serverherd.local.api.pods;

import io.serverherd.local.api.PodRuntime;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Target;
import java.util.concurrent.ScheduledExecutorService;

/** Brings requests below a pod to what answers them. */
public final class PodRoutes {

    private final PodLogs logs;
    private final PortForward portForward;

    public PodRoutes(Reading reading, PodRuntime runtime, ScheduledExecutorService timer) {
        this.logs = new PodLogs(reading, runtime, timer);
        this.portForward = new PortForward(reading, runtime, timer);
    }

    public Reply route(Target target, ApiRequest request) {
        if (!target.type().subresources().others().contains(target.subresource())) {
            throw ApiException.unknownPath();
        }
        if (!request.method().equals("GET")) {
            throw ApiException.methodNotAllowed();
        }
        return switch (target.subresource()) {
            case "log" -> logs.log(target, request);
            case "portforward" -> portForward.open(target, request);
            default -> throw ApiException.unknownPath();
        };
    }
}
