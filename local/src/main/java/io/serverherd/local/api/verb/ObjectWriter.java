package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.admission.Admission;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.ServedForm;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.WriteOptions.UnknownFields;
import io.serverherd.local.patch.ManagedFields;
import io.serverherd.local.schema.FieldError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The way of every object into the store: shape → metadata → defaults → ownership → assignments → checks → store. Called with the
 * store held.
 */
final class ObjectWriter {

    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789"; // as Kubernetes: no accidental words

    private final ObjectStore store;
    private final TypeRegistry types;
    private final Admission admission;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    ObjectWriter(ObjectStore store, TypeRegistry types, Admission admission, Clock clock) {
        this.store = store;
        this.types = types;
        this.admission = admission;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /**
     * @param target of the collection, or of the object to be
     * @param applied the object comes from an apply, which has written its managedFields and names unknown fields itself
     */
    Outcome create(Target target, ObjectNode incoming, WriteOptions options, List<String> duplicates, boolean applied) {
        ResourceType type = target.type();
        ObjectNode object = incoming.deepCopy();
        Identity.impose(target, object);
        name(type, object);
        Target created = target.named(Metadata.of(object).path("name").asText());
        List<FieldError> nameErrors = NameRules.check(type, created.name());
        if (!nameErrors.isEmpty()) {
            throw ApiException.invalid(type, created.name(), nameErrors);
        }
        requireLivingNamespace(created);
        if (store.contains(created.key())) {
            throw ApiException.alreadyExists(type, created.name());
        }
        if (type.subresources().status()) {
            object.remove("status");
        }
        List<String> warnings = shape(type, object, options, duplicates, applied);
        Metadata.initialise(type, object, clock.instant());
        admission.complete(type, object, null);
        if (!applied) {
            ManagedFields.recordUpdate(
                    type.schema().merging(),
                    null,
                    object,
                    Door.OBJECT.writer(type, options.manager(), clock.instant()));
        }
        admission.assign(type, object, null);
        check(type, object, null);
        if (!options.dryRun()) {
            put(created, object);
        }
        return new Outcome(201, ServedForm.served(type, object), warnings);
    }

    /** @param live the stored object in its served form */
    Outcome update(
            Target target,
            Door door,
            ObjectNode live,
            ObjectNode incoming,
            WriteOptions options,
            List<String> duplicates,
            boolean applied) {
        ResourceType type = target.type();
        ObjectNode object = door.reach(type, live, incoming);
        Identity.impose(target, object);
        Metadata.carryOver(type, live, object);
        List<String> warnings = shape(type, object, options, duplicates, applied);
        admission.complete(type, object, live);
        if (!applied) {
            ManagedFields.recordUpdate(
                    type.schema().merging(), live, object, door.writer(type, options.manager(), clock.instant()));
        }
        admission.assign(type, object, live);
        Metadata.countChange(type, live, object);
        check(type, object, live);
        ObjectNode written = Json.object(Json.text(object));
        if (written.equals(live)) {
            return new Outcome(200, live, warnings);
        }
        if (!options.dryRun()) {
            if (isDone(written)) {
                store.remove(target.key(), ServedForm.stored(type, written));
            } else {
                put(target, written);
            }
        }
        return new Outcome(200, ServedForm.served(type, written), warnings);
    }

    private void put(Target target, ObjectNode object) {
        store.put(target.key(), ServedForm.stored(target.type(), object));
    }

    /** Was deleted before, and nobody holds it any more. */
    private static boolean isDone(ObjectNode object) {
        return Metadata.isDeleting(object)
                && !Metadata.hasFinalizers(object)
                && object.at("/metadata/deletionGracePeriodSeconds").asLong() == 0
                && object.at("/spec/finalizers").isEmpty();
    }

    private void name(ResourceType type, ObjectNode object) {
        ObjectNode metadata = Metadata.of(object);
        String prefix = metadata.path("generateName").asText("");
        if (metadata.path("name").asText("").isEmpty() && !prefix.isEmpty()) {
            StringBuilder name = new StringBuilder(prefix);
            for (int i = 0; i < 5; i++) {
                name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
            }
            metadata.put("name", name.toString());
        }
    }

    private void requireLivingNamespace(Target target) {
        if (!target.type().namespaced()) {
            return;
        }
        ResourceType namespaces = types.builtIn("", "namespaces");
        ObjectNode namespace = store.get(namespaces.key("", target.namespace()))
                .orElseThrow(() -> ApiException.notFound(namespaces, target.namespace()));
        if (Metadata.isDeleting(namespace)) {
            throw ApiException.forbidden(
                    target.type(),
                    target.name(),
                    "unable to create new content in namespace %s because it is being terminated"
                            .formatted(target.namespace()));
        }
    }

    /** Drops what the kind does not have, fills in the schema's defaults, and says what was dropped. */
    private static List<String> shape(
            ResourceType type, ObjectNode object, WriteOptions options, List<String> duplicates, boolean applied) {
        List<String> faults = new ArrayList<>();
        if (applied && type.custom()) {
            type.schema().checks().normaliseApplied(object);
        } else {
            List<String> unknown = type.schema().checks().normalise(object);
            unknown.forEach(path -> faults.add("unknown field \"" + path + "\""));
        }
        duplicates.forEach(path -> faults.add("duplicate field \"" + path + "\""));
        if (options.unknownFields() == UnknownFields.STRICT && !faults.isEmpty()) {
            throw ApiException.badRequest("%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                    .formatted(type.kind(), type.version(), type.kind(), String.join(", ", faults)));
        }
        return options.unknownFields() == UnknownFields.WARN ? faults : List.of();
    }

    private void check(ResourceType type, ObjectNode object, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>();
        if (live != null) {
            errors.addAll(Metadata.checkFinalizers(live, object));
        }
        errors.addAll(admission.check(type, object, live));
        String name = object.at("/metadata/name").asText();
        if (!errors.isEmpty()) {
            throw ApiException.invalid(type, name, errors);
        }
        admission.forbids(type, object, live).ifPresent(why -> {
            throw ApiException.forbidden(type, name, why);
        });
    }
}
