package io.serverherd.local.api.pods;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.PodRuntime;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.StreamSupport;

/** {@code pods/NAME/log}: a container's output, from a file that may still grow. */
final class PodLogs {

    private final Reading reading;
    private final PodRuntime runtime;
    private final ScheduledExecutorService timer;

    PodLogs(Reading reading, PodRuntime runtime, ScheduledExecutorService timer) {
        this.reading = reading;
        this.runtime = runtime;
        this.timer = timer;
    }

    Reply log(Target pod, ApiRequest request) {
        refuseTimes(request);
        String container = container(pod, request);
        boolean previous = request.flag("previous");
        Path file = runtime.log(pod.namespace(), pod.name(), container, previous)
                .orElseThrow(() -> notThere(pod, container, previous));
        LogFile log = open(file, request);
        boolean follow = request.flag("follow") && !previous;
        return new Reply.Stream("text/plain; charset=utf-8", stream -> {
            LogTail tail = new LogTail(log, stream, () -> follow && isWritten(pod, container, file));
            tail.start(timer);
        });
    }

    private static LogFile open(Path file, ApiRequest request) {
        long lines = request.number("tailLines").orElse(Long.MAX_VALUE);
        long bytes = request.number("limitBytes").orElse(Long.MAX_VALUE);
        try {
            return LogFile.open(file, lines, bytes);
        } catch (IOException e) {
            throw ApiException.badRequest("cannot read the log " + file + ": " + e.getMessage());
        }
    }

    /** The files hold what the process wrote and nothing else. */
    private static void refuseTimes(ApiRequest request) {
        if (request.flag("timestamps")) {
            throw ApiException.badRequest("local mode keeps no times of log lines: leave out --timestamps");
        }
        if (request.parameter("sinceSeconds").isPresent()
                || request.parameter("sinceTime").isPresent()) {
            throw ApiException.badRequest("local mode keeps no times of log lines: use --tail instead of --since");
        }
    }

    private String container(Target target, ApiRequest request) {
        ObjectNode pod = reading.get(target);
        List<String> names = StreamSupport.stream(pod.at("/spec/containers").spliterator(), false)
                .map(container -> container.path("name").asText())
                .toList();
        String wanted = request.parameter("container").orElse("");
        if (wanted.isEmpty() && names.size() > 1) {
            throw ApiException.badRequest(
                    "a container name must be specified for pod %s, choose one of: %s".formatted(target.name(), names));
        }
        if (!wanted.isEmpty() && !names.contains(wanted)) {
            throw ApiException.badRequest("container %s is not valid for pod %s".formatted(wanted, target.name()));
        }
        return wanted.isEmpty() ? names.get(0) : wanted;
    }

    private static ApiException notThere(Target pod, String container, boolean previous) {
        return ApiException.badRequest(
                previous
                        ? "previous terminated container \"%s\" in pod \"%s\" not found"
                                .formatted(container, pod.name())
                        : "container \"%s\" in pod \"%s\" is waiting to start".formatted(container, pod.name()));
    }

    /** Whether more may come: the pod is there, and its container writes to this very file. */
    private boolean isWritten(Target pod, String container, Path file) {
        try {
            JsonNode status = StreamSupport.stream(
                            reading.get(pod).at("/status/containerStatuses").spliterator(), false)
                    .filter(each -> each.path("name").asText().equals(container))
                    .findFirst()
                    .orElseThrow(() -> notThere(pod, container, false));
            boolean current = runtime.log(pod.namespace(), pod.name(), container, false)
                    .filter(file::equals)
                    .isPresent();
            return current && status.path("state").has("running");
        } catch (ApiException e) {
            return false; // the pod has gone, and its log with it
        }
    }
}
