package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.serverherd.local.schema.JsonEquality;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What differs between two versions of an object; no path is in more than one of the sets. */
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

    private static final Comparison SAME = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

    static Comparison between(MergeType type, JsonNode before, JsonNode after) {
        if (isMap(type, before) && isMap(type, after)) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            Collector differences = new Collector();
            for (String name : names) {
                MergeType fieldType = OwnedFields.typeOf(type, name);
                differences.compare(
                        PathElement.field(name),
                        fieldType,
                        present(fieldType, before.get(name), after.get(name)),
                        present(fieldType, after.get(name), before.get(name)));
            }
            return differences.result();
        }
        if (isList(type, before) && isList(type, after)) {
            Map<PathElement, JsonNode> old = ListItems.byIdentity(type, before);
            Map<PathElement, JsonNode> current = ListItems.byIdentity(type, after);
            Set<PathElement> identities = new LinkedHashSet<>(old.keySet());
            identities.addAll(current.keySet());
            Collector differences = new Collector();
            for (PathElement identity : identities) {
                differences.compare(identity, type.items(), old.get(identity), current.get(identity));
            }
            return differences.result();
        }
        return SAME;
    }

    /** What changed and is there now. */
    FieldSet written() {
        return modified.union(added);
    }

    Comparison without(FieldSet ignored) {
        return ignored.isEmpty()
                ? this
                : new Comparison(removed.without(ignored), modified.without(ignored), added.without(ignored));
    }

    /** What is always there is compared as empty where a document leaves it out. */
    private static JsonNode present(MergeType type, JsonNode value, JsonNode other) {
        if (value != null || !type.alwaysThere()) {
            return value;
        }
        return switch (other.getNodeType()) {
            case OBJECT -> JsonNodeFactory.instance.objectNode();
            case ARRAY -> JsonNodeFactory.instance.arrayNode();
            default -> other.isNull() || other.asText().isEmpty() ? other : null;
        };
    }

    private static boolean isMap(MergeType type, JsonNode value) {
        return value.isObject() && !type.isAtomicMap();
    }

    private static boolean isList(MergeType type, JsonNode value) {
        return value.isArray() && type.listKind() != MergeType.ListKind.ATOMIC;
    }

    private static boolean hasParts(MergeType type, JsonNode value) {
        return (isMap(type, value) || isList(type, value)) && !value.isEmpty();
    }

    /** Every path in a value that only one side has, those of its objects and lists included. */
    private static FieldSet everything(MergeType type, JsonNode value) {
        FieldSet.Builder set = new FieldSet.Builder();
        if (isMap(type, value)) {
            value.properties()
                    .forEach(field -> set.add(
                            PathElement.field(field.getKey()),
                            true,
                            everything(OwnedFields.typeOf(type, field.getKey()), field.getValue())));
        } else if (isList(type, value)) {
            ListItems.byIdentity(type, value)
                    .forEach((identity, item) -> set.add(identity, true, everything(type.items(), item)));
        }
        return set.build();
    }

    private static final class Collector {

        private final FieldSet.Builder removed = new FieldSet.Builder();
        private final FieldSet.Builder modified = new FieldSet.Builder();
        private final FieldSet.Builder added = new FieldSet.Builder();

        /** @param before null when only the other side has the place, as {@code after} */
        void compare(PathElement element, MergeType type, JsonNode before, JsonNode after) {
            if (before == null) {
                added.add(element, true, everything(type, after));
            } else if (after == null) {
                removed.add(element, true, everything(type, before));
            } else if (before.isNull() && hasParts(type, after)) {
                added.add(element, false, everything(type, after));
            } else if (after.isNull() && hasParts(type, before)) {
                removed.add(element, false, everything(type, before));
            } else if (isMap(type, before) && isMap(type, after) || isList(type, before) && isList(type, after)) {
                Comparison below = between(type, before, after);
                removed.add(element, false, below.removed);
                modified.add(element, false, below.modified);
                added.add(element, false, below.added);
            } else if (!JsonEquality.equal(before, after)) {
                removed.add(element, false, everything(type, before));
                modified.add(element, true, FieldSet.EMPTY);
                added.add(element, false, everything(type, after));
            }
        }

        Comparison result() {
            return new Comparison(removed.build(), modified.build(), added.build());
        }
    }
}
