package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.patch.Ownership.Owner;
import io.serverherd.local.patch.Ownership.Share;
import io.serverherd.local.schema.JsonEquality;
import io.serverherd.local.schema.ObjectMetaFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Server-side apply: merges what a manager wants into the live object and keeps who owns what.
 *
 * <p>The rules: what a manager applies it owns, together with others who applied the same; changing what others own is a
 * conflict, which force decides for the applier; what it applied last time and does not any more goes, unless somebody
 * else owns it.
 */
public final class ServerSideApply {

    /** Owns what was there before anybody's writes were noted. */
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private final MergeType type;
    private final FieldWriter writer;
    private final Owner applier;

    private ServerSideApply(MergeType type, FieldWriter writer) {
        this.type = type;
        this.writer = writer;
        this.applier = Owner.applier(writer);
    }

    /**
     * The object to store, with its managedFields; no argument is changed. When the apply changes nothing the result
     * equals the live object, the times in managedFields included, so that nothing needs to be written. The live object's
     * resourceVersion and uid stay whatever the configuration says: comparing them is the caller's. Default and validate
     * the result before storing it.
     *
     * @param live the stored object, or null when there is none
     * @param config what the manager applies: only the fields it has an opinion on
     * @param force take fields from their owners instead of failing
     * @throws ApplyConflictException when others own what would change and {@code force} is not set
     * @throws PatchException when the configuration does not fit the schema
     */
    public static ObjectNode apply(
            MergeType type, ObjectNode live, ObjectNode config, FieldWriter writer, boolean force) {
        if (config.at("/metadata/managedFields").isArray()) {
            throw new PatchException(PatchException.Reason.BAD_REQUEST, "metadata.managedFields must be nil");
        }
        AppliedTypes.check(type, config);
        return new ServerSideApply(type, writer).apply(live, config, force);
    }

    private ObjectNode apply(ObjectNode live, ObjectNode config, boolean force) {
        ObjectNode applied = ObjectIdentity.withoutVersion(config);
        ObjectNode bare = ObjectIdentity.withoutManagedFields(live == null ? ObjectIdentity.of(config) : live);
        Ownership owners = live == null ? new Ownership() : ownershipOf(live);
        Share before = owners.of(applier);
        FieldSet wanted = OwnedFields.of(type, applied).without(writer.ignored());

        JsonNode merged = TypedMerge.merge(type, bare, FieldRemoval.remove(type, applied, writer.ignored()));
        owners.put(applier, new Share(writer.apiVersion(), wanted, before == null ? null : before.time()));
        ObjectNode pruned = prune((ObjectNode) merged, owners, before == null ? FieldSet.EMPTY : before.fields());
        Comparison changes = Comparison.between(type, bare, pruned).without(writer.ignored());
        if (!force) {
            refuseConflicts(owners, changes, LastApplied.fields(type, bare, writer));
        }
        owners.replaceFields((owner, fields) -> owner.equals(applier)
                ? fields
                : fields.difference(fields.intersection(changes.written())).difference(changes.removed()));

        ObjectMetaFields.dropEmpty(pruned);
        if (type.dropsNulls()) {
            dropNulls(pruned, bare);
        }
        boolean changed = !JsonEquality.equal(bare, pruned);
        Share share = owners.of(applier);
        if (share != null) {
            FieldSet own = share.fields().difference(ObjectIdentity.NEVER_OWNED);
            String time = changed ? writer.time() : share.time();
            owners.put(applier, new Share(writer.apiVersion(), own, time));
        }
        ObjectNode stored = LastApplied.renew(changed ? pruned : bare, config, writer);
        return withManagedFields(stored, owners.toManagedFields(), live);
    }

    /** An object from before ownership was noted belongs to nobody in particular. */
    private Ownership ownershipOf(ObjectNode live) {
        Ownership owners = Ownership.of(live);
        if (owners.isEmpty()) {
            FieldSet everything = Comparison.between(type, ObjectIdentity.of(live), live)
                    .without(writer.ignored())
                    .written()
                    .difference(ObjectIdentity.NEVER_OWNED);
            Owner nobody = new Owner(BEFORE_FIRST_APPLY, false, writer.apiVersion(), "");
            owners.put(nobody, new Share(writer.apiVersion(), everything, writer.time()));
        }
        return owners;
    }

    /** Takes out what the applier applied last time, but for what it or somebody else still owns. */
    private ObjectNode prune(ObjectNode merged, Ownership owners, FieldSet lastApplied) {
        if (lastApplied.isEmpty()) {
            return merged;
        }
        FieldSet last = lastApplied.withNamedFields(type);
        FieldSet present = OwnedFields.of(type, merged).withNamedFields(type);
        FieldSet withoutLast =
                OwnedFields.of(type, FieldRemoval.remove(type, merged, last)).withNamedFields(type);
        FieldSet kept = withoutLast.union(owners.all().withNamedFields(type));
        ObjectNode pruned = FieldRemoval.remove(type, merged, present.difference(kept));
        // What hangs below a removed item but was never applied by this manager must not go with it.
        FieldSet left = OwnedFields.of(type, pruned).withNamedFields(type);
        return FieldRemoval.remove(type, merged, present.difference(left).intersection(last));
    }

    private void refuseConflicts(Ownership owners, Comparison changes, FieldSet takenOver) {
        Map<String, List<String>> conflicts = new LinkedHashMap<>();
        for (Owner owner : owners.owners()) {
            FieldSet disputed =
                    owners.of(owner).fields().intersection(changes.written()).difference(takenOver);
            if (!owner.equals(applier) && !disputed.isEmpty()) {
                conflicts.put(owner.inWords(), disputed.paths());
            }
        }
        if (!conflicts.isEmpty()) {
            throw ApplyConflictException.of(conflicts);
        }
    }

    /** Nulls that the live object has are its own affair. */
    private static void dropNulls(JsonNode value, JsonNode live) {
        if (value instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field -> field.getValue().isNull()
                            && !live.path(field.getKey()).isNull());
            object.properties().forEach(field -> dropNulls(field.getValue(), live.path(field.getKey())));
        } else {
            value.forEach(item -> dropNulls(item, MissingNode.getInstance()));
        }
    }

    /** Ownership that differs in nothing but times is the live object's own. */
    private static ObjectNode withManagedFields(ObjectNode object, ArrayNode managedFields, ObjectNode live) {
        JsonNode kept = live == null ? null : live.at("/metadata/managedFields");
        boolean same = kept != null && withoutTimes(kept).equals(withoutTimes(managedFields));
        ((ObjectNode) object.get("metadata")).set("managedFields", same ? kept.deepCopy() : managedFields);
        return object;
    }

    private static JsonNode withoutTimes(JsonNode managedFields) {
        JsonNode copy = managedFields.deepCopy();
        copy.forEach(entry -> ((ObjectNode) entry).remove("time"));
        return copy;
    }
}
