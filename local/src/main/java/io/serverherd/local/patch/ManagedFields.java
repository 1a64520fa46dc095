package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.patch.Ownership.Owner;
import io.serverherd.local.patch.Ownership.Share;

/** Keeps {@code metadata.managedFields} true over ordinary writes: create, update and the patches that are no apply. */
public final class ManagedFields {

    private ManagedFields() {}

    /**
     * Gives the writer what it changed, and takes it from all others. A write that changes nothing changes no ownership.
     * The writer may set managedFields of its own: an empty list ends the bookkeeping for the object.
     *
     * @param live the stored object, or null on create
     * @param written the object about to be stored, defaults filled in; its managedFields are replaced in place
     */
    public static void recordUpdate(MergeType type, ObjectNode live, ObjectNode written, FieldWriter writer) {
        Ownership owners = basis(live, written, writer);
        ObjectNode metadata = (ObjectNode) written.get("metadata");
        metadata.remove("managedFields");
        if (live != null && owners.isEmpty()) {
            return;
        }
        ObjectNode before = live == null ? ObjectIdentity.of(written) : ObjectIdentity.withoutManagedFields(live);
        Comparison changes = Comparison.between(type, before, written).without(writer.ignored());
        owners.replaceFields((owner, fields) ->
                fields.difference(fields.intersection(changes.written())).difference(changes.removed()));
        FieldSet gained = changes.written().difference(ObjectIdentity.NEVER_OWNED);
        if (!gained.isEmpty()) {
            Owner owner = Owner.updater(writer);
            Share share = owners.of(owner);
            FieldSet all = share == null ? gained : gained.union(share.fields());
            owners.put(owner, new Share(writer.apiVersion(), all, writer.time()));
        }
        owners.limitUpdaters();
        ArrayNode managedFields = owners.toManagedFields();
        if (!managedFields.isEmpty()) {
            metadata.set("managedFields", managedFields);
        }
    }

    /** What the writer sent, where it sent any that can be read; else what is stored. */
    private static Ownership basis(ObjectNode live, ObjectNode written, FieldWriter writer) {
        JsonNode sent = written.at("/metadata/managedFields");
        if (writer.subresource().isEmpty() && sent.isArray()) {
            if (sent.isEmpty() || sent.size() == 1 && sent.get(0).isEmpty()) {
                return new Ownership();
            }
            try {
                return Ownership.parse(sent);
            } catch (IllegalArgumentException e) {
                // As in a real API server: a broken list does not undo the stored one.
                return Ownership.of(live);
            }
        }
        return Ownership.of(live);
    }
}
