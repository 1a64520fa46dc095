package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.patch.ApplyConflictException;
import io.serverherd.local.patch.JsonPatchDocument;
import io.serverherd.local.patch.MergePatch;
import io.serverherd.local.patch.PatchException;
import io.serverherd.local.patch.ServerSideApply;
import io.serverherd.local.patch.StrategicMergePatch;
import io.serverherd.local.schema.FieldError;
import java.util.List;

/** The patch verb: applies the patch to the live object and stores the result as an update. */
final class Patching {

    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final ObjectStore store;
    private final Reading reading;
    private final ObjectWriter writer;

    Patching(ObjectStore store, Reading reading, ObjectWriter writer) {
        this.store = store;
        this.reading = reading;
        this.writer = writer;
    }

    Outcome patch(Target target, ApiRequest request) {
        requireKnownType(target.type(), request.contentType());
        Body patch = Body.patch(request);
        WriteOptions options = WriteOptions.of(request);
        try {
            return store.exclusively(() -> request.contentType().equals(APPLY)
                    ? apply(target, request, patch, options)
                    : change(target, request.contentType(), patch, options));
        } catch (PatchException e) {
            throw ApiException.of(e);
        } catch (ApplyConflictException e) {
            throw ApiException.applyConflict(e);
        }
    }

    private Outcome change(Target target, String contentType, Body patch, WriteOptions options) {
        ObjectNode live = reading.get(target);
        if (!(patched(target.type(), contentType, live, patch.content()) instanceof ObjectNode changed)) {
            throw ApiException.badRequest("the patch makes " + target.name() + " something else than an object");
        }
        requireSameObject(target, live, changed);
        return writer.update(target, Door.of(target.subresource()), live, changed, options, patch.duplicates(), false);
    }

    static JsonNode patched(ResourceType type, String contentType, ObjectNode live, JsonNode patch) {
        return switch (contentType) {
            case JSON_PATCH -> JsonPatchDocument.apply(live, patch);
            case STRATEGIC_PATCH -> StrategicMergePatch.apply(type.schema().merging(), live, object(patch));
            default -> MergePatch.apply(live, patch);
        };
    }

    /** Applying creates what is not there. */
    private Outcome apply(Target target, ApiRequest request, Body patch, WriteOptions options) {
        ObjectNode config = object(patch.content()).deepCopy();
        if (request.parameter("fieldManager").isEmpty()) {
            throw ApiException.badRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is"
                    + " required for apply patch");
        }
        if (config.at("/metadata").has("managedFields")) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        Identity.impose(target, config);
        Door door = Door.of(target.subresource());
        var by = door.writer(target.type(), options.manager(), writer.clock().instant());
        var merging = target.type().schema().merging();
        ObjectNode live = store.contains(target.key()) ? reading.get(target) : null;
        if (live == null && door == Door.STATUS) {
            throw ApiException.notFound(target.type(), target.name());
        }
        if (live == null) {
            requireNoOther(target, config);
            ObjectNode merged = ServerSideApply.apply(merging, null, config, by, options.force());
            return writer.create(target, merged, options, patch.duplicates(), true);
        }
        requireSameObject(target, live, config);
        ObjectNode merged = ServerSideApply.apply(merging, live, config, by, options.force());
        return writer.update(target, door, live, merged, options, patch.duplicates(), true);
    }

    /** An apply may carry the UID of the object it was made for, which is gone. */
    private static void requireNoOther(Target target, ObjectNode config) {
        String uid = config.at("/metadata/uid").asText("");
        if (!uid.isEmpty()) {
            throw ApiException.conflict(
                    target.type(),
                    target.name(),
                    "uid mismatch: the provided object specified uid %s, and no existing object was found"
                            .formatted(uid));
        }
    }

    /** A patch may carry the UID and the version it was made for; of an object that was not there, any version. */
    private static void requireSameObject(Target target, ObjectNode live, ObjectNode changed) {
        JsonNode uid = changed.at("/metadata/uid");
        if (!uid.asText("").isEmpty() && !uid.equals(live.at("/metadata/uid"))) {
            FieldError immutable = new FieldError("metadata.uid", FieldError.Type.INVALID, uid, "field is immutable");
            throw ApiException.invalid(target.type(), target.name(), List.of(immutable));
        }
        String version = changed.at("/metadata/resourceVersion").asText("");
        if (!version.isEmpty()
                && !version.equals(live.at("/metadata/resourceVersion").asText())) {
            throw ApiException.modified(target.type(), target.name());
        }
    }

    private static void requireKnownType(ResourceType type, String contentType) {
        List<String> known = type.custom()
                ? List.of(JSON_PATCH, MERGE_PATCH, APPLY)
                : List.of(JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY);
        if (!known.contains(contentType)) {
            throw ApiException.unsupportedMediaType(String.join(", ", known));
        }
    }

    private static ObjectNode object(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("this kind of patch must be an object");
    }
}
