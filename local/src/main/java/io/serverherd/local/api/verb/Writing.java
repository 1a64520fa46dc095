package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.admission.Admission;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.schema.FieldError;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** create, update and patch of objects and of their status. */
public final class Writing {

    private static final WriteOptions OWN_WRITE =
            new WriteOptions(false, "serverherd-local-api", false, WriteOptions.UnknownFields.IGNORE);

    private final ObjectStore store;
    private final Reading reading;
    private final ObjectWriter writer;
    private final Patching patching;

    public Writing(ObjectStore store, TypeRegistry types, Admission admission, Clock clock) {
        this.store = store;
        this.reading = new Reading(store);
        this.writer = new ObjectWriter(store, types, admission, clock);
        this.patching = new Patching(store, reading, writer);
    }

    public Outcome create(Target target, ApiRequest request) {
        Body body = Body.object(request);
        if (!body.asObject().at("/metadata/resourceVersion").asText("").isEmpty()) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
        WriteOptions options = WriteOptions.of(request);
        return store.exclusively(() -> writer.create(target, body.asObject(), options, body.duplicates(), false));
    }

    /** Creates an object of the server's own. */
    public void create(Target target, ObjectNode object) {
        store.exclusively(() -> writer.create(target, object, OWN_WRITE, List.of(), false));
    }

    /** Changes an object in the server's own name. */
    public void edit(Target target, Consumer<ObjectNode> change) {
        store.exclusively(() -> {
            ObjectNode live = reading.get(target);
            ObjectNode changed = live.deepCopy();
            change.accept(changed);
            return writer.update(target, Door.OBJECT, live, changed, OWN_WRITE, List.of(), false);
        });
    }

    public Outcome update(Target target, ApiRequest request) {
        Body body = Body.object(request);
        WriteOptions options = WriteOptions.of(request);
        return store.exclusively(() -> {
            ObjectNode live = reading.get(target);
            requireVersion(target, live, body.asObject());
            return writer.update(
                    target, Door.of(target.subresource()), live, body.asObject(), options, body.duplicates(), false);
        });
    }

    public Outcome patch(Target target, ApiRequest request) {
        return patching.patch(target, request);
    }

    /** Changes one member of the object through the scale subresource's door. */
    Outcome rewrite(Target target, ObjectNode live, ObjectNode changed, WriteOptions options) {
        return writer.update(target, Door.SCALE, live, changed, options, List.of(), false);
    }

    private static void requireVersion(Target target, ObjectNode live, ObjectNode incoming) {
        String version = incoming.at("/metadata/resourceVersion").asText("");
        if (version.isEmpty() && target.type().custom()) {
            throw ApiException.invalid(
                    target.type(),
                    target.name(),
                    List.of(new FieldError(
                            "metadata.resourceVersion",
                            FieldError.Type.INVALID,
                            IntNode.valueOf(0),
                            "must be specified for an update")));
        }
        if (!version.isEmpty()
                && !version.equals(live.at("/metadata/resourceVersion").asText())) {
            throw ApiException.modified(target.type(), target.name());
        }
    }
}
