package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.schema.FieldError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The part of an object's metadata that is the server's to write. */
final class Metadata {

    private static final List<String> OF_THE_SERVER = List.of(
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "resourceVersion",
            "selfLink");

    /** Kinds of our own whose changes are counted. */
    private static final Set<String> COUNTED = Set.of(
            "customresourcedefinitions",
            "endpointslices",
            "networkpolicies",
            "poddisruptionbudgets",
            "pods",
            "statefulsets");

    private Metadata() {}

    static ObjectNode of(ObjectNode object) {
        return Json.child(object, "metadata");
    }

    static void initialise(ResourceType type, ObjectNode object, Instant now) {
        ObjectNode metadata = of(object);
        metadata.remove(OF_THE_SERVER);
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", time(now));
        if (isCounted(type)) {
            metadata.put("generation", 1);
        }
    }

    /** Gives an update what only the server writes. */
    static void carryOver(ResourceType type, ObjectNode live, ObjectNode object) {
        ObjectNode metadata = of(object);
        JsonNode old = live.path("metadata");
        String uid = metadata.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(old.path("uid").asText())) {
            throw ApiException.conflict(
                    type,
                    old.path("name").asText(),
                    "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                            .formatted(uid, old.path("uid").asText()));
        }
        for (String member : OF_THE_SERVER) {
            if (old.has(member)) {
                metadata.set(member, old.get(member));
            } else {
                metadata.remove(member);
            }
        }
        if (!metadata.has("managedFields") && old.has("managedFields")) {
            metadata.set("managedFields", old.get("managedFields"));
        }
    }

    /** Counts the change when it is one of what is wanted, that is, not of metadata or status. */
    static void countChange(ResourceType type, ObjectNode live, ObjectNode object) {
        if (isCounted(type) && !wanted(type, live).equals(wanted(type, Json.object(Json.text(object))))) {
            of(object).put("generation", live.at("/metadata/generation").asLong() + 1);
        }
    }

    private static Map<String, JsonNode> wanted(ResourceType type, ObjectNode object) {
        ObjectNode rest = object.deepCopy();
        rest.remove(List.of("metadata", "apiVersion", "kind"));
        if (type.subresources().status()) {
            rest.remove("status");
        }
        return Map.of("wanted", rest);
    }

    private static boolean isCounted(ResourceType type) {
        return type.custom() || COUNTED.contains(type.plural());
    }

    /** Deletion has begun: finalizers may only go. */
    static List<FieldError> checkFinalizers(ObjectNode live, ObjectNode object) {
        if (!isDeleting(live)) {
            return List.of();
        }
        Set<JsonNode> known = Set.copyOf(list(live.at("/metadata/finalizers")));
        List<JsonNode> added = list(object.at("/metadata/finalizers")).stream()
                .filter(finalizer -> !known.contains(finalizer))
                .toList();
        return added.isEmpty()
                ? List.of()
                : List.of(new FieldError(
                        "metadata.finalizers",
                        FieldError.Type.FORBIDDEN,
                        null,
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + added));
    }

    static boolean isDeleting(ObjectNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    static boolean hasFinalizers(ObjectNode object) {
        return !object.at("/metadata/finalizers").isEmpty();
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static List<JsonNode> list(JsonNode array) {
        return java.util.stream.StreamSupport.stream(array.spliterator(), false)
                .distinct()
                .toList();
    }
}
