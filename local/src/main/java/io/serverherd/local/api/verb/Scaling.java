package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ScalePaths;
import io.serverherd.local.api.store.ObjectStore;
import java.util.List;
import java.util.stream.Collectors;

/** The scale subresource: an object's number of replicas in a form that is the same for all kinds. */
public final class Scaling {

    private final ObjectStore store;
    private final Reading reading;
    private final Writing writing;

    public Scaling(ObjectStore store, Writing writing) {
        this.store = store;
        this.reading = new Reading(store);
        this.writing = writing;
    }

    public ObjectNode get(Target target) {
        return scale(paths(target), reading.get(target));
    }

    public Outcome update(Target target, ApiRequest request) {
        return rewrite(
                target, WriteOptions.of(request), scale -> Body.object(request).asObject());
    }

    public Outcome patch(Target target, ApiRequest request) {
        JsonNode patch = Body.patch(request).content();
        return rewrite(
                target,
                WriteOptions.of(request),
                scale -> Patching.patched(target.type(), request.contentType(), scale, patch));
    }

    private interface Change {
        JsonNode of(ObjectNode scale);
    }

    private Outcome rewrite(Target target, WriteOptions options, Change change) {
        ScalePaths paths = paths(target);
        return store.exclusively(() -> {
            ObjectNode live = reading.get(target);
            JsonNode scale = change.of(scale(paths, live));
            String version = scale.at("/metadata/resourceVersion").asText("");
            if (!version.isEmpty()
                    && !version.equals(live.at("/metadata/resourceVersion").asText())) {
                throw ApiException.modified(target.type(), target.name());
            }
            if (scale.at("/spec/replicas").asInt() < 0) {
                throw ApiException.badRequest("spec.replicas: must be 0 or more");
            }
            ObjectNode changed = live.deepCopy();
            set(changed, paths, scale.at("/spec/replicas").asInt());
            Outcome outcome = writing.rewrite(target, live, changed, options);
            return new Outcome(200, scale(paths, outcome.object()), outcome.warnings());
        });
    }

    private static void set(ObjectNode object, ScalePaths paths, int replicas) {
        ObjectNode place = object;
        List<String> names =
                List.of(paths.specReplicas().toString().substring(1).split("/"));
        for (String name : names.subList(0, names.size() - 1)) {
            place = Json.child(place, name);
        }
        place.put(names.get(names.size() - 1), replicas);
    }

    private static ObjectNode scale(ScalePaths paths, ObjectNode object) {
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String member : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (object.at("/metadata").has(member)) {
                metadata.set(member, object.at("/metadata").get(member));
            }
        }
        scale.putObject("spec").put("replicas", object.at(paths.specReplicas()).asInt());
        ObjectNode status = scale.putObject("status");
        status.put("replicas", object.at(paths.statusReplicas()).asInt());
        String selector = paths.selector()
                .map(path -> object.at(path).asText(""))
                .orElseGet(() -> labels(object.at("/spec/selector/matchLabels")));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String labels(JsonNode labels) {
        return labels.properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    private static ScalePaths paths(Target target) {
        return target.type().subresources().scale().orElseThrow(ApiException::unknownPath);
    }
}
