package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * A set of paths into an object, as {@code fieldsV1} writes it. A tree: each element may itself be in the set, and may have
 * further elements below. Immutable.
 */
public final class FieldSet {

    public static final FieldSet EMPTY = new FieldSet(new TreeMap<>());

    private static final String SELF = ".";

    /** @param member the element itself is in the set */
    private record Entry(boolean member, FieldSet below) {}

    private static final Entry NONE = new Entry(false, EMPTY);

    private final TreeMap<PathElement, Entry> entries;

    private FieldSet(TreeMap<PathElement, Entry> entries) {
        this.entries = entries;
    }

    /** The set of these fields and nothing else: {@code of("status")}, {@code of("metadata", "name")} is one path. */
    public static FieldSet of(String... path) {
        FieldSet set = EMPTY;
        for (int i = path.length - 1; i >= 0; i--) {
            set = new Builder()
                    .add(PathElement.field(path[i]), i == path.length - 1, set)
                    .build();
        }
        return set;
    }

    /** @throws IllegalArgumentException when this is no {@code fieldsV1} */
    public static FieldSet parse(JsonNode fieldsV1) {
        Builder set = new Builder();
        for (Map.Entry<String, JsonNode> field : fieldsV1.properties()) {
            if (field.getKey().equals(SELF)) {
                continue;
            }
            JsonNode below = field.getValue();
            set.add(PathElement.parse(field.getKey()), below.isEmpty() || below.has(SELF), parse(below));
        }
        return set.build();
    }

    public ObjectNode toFieldsV1() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        entries.forEach((element, entry) -> {
            ObjectNode below = JsonNodeFactory.instance.objectNode();
            if (entry.member && !entry.below.isEmpty()) {
                below.putObject(SELF);
            }
            below.setAll(entry.below.toFieldsV1());
            fields.set(element.notation(), below);
        });
        return fields;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Each path of the set as conflicts write it, parents first: {@code .spec.servers[name="A"]}. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        entries.forEach((element, entry) -> {
            if (entry.member) {
                paths.add(element.toString());
            }
        });
        entries.forEach((element, entry) -> entry.below.paths().forEach(path -> paths.add(element + path)));
        return paths;
    }

    boolean has(PathElement element) {
        Entry entry = entries.get(element);
        return entry != null && entry.member;
    }

    FieldSet below(PathElement element) {
        Entry entry = entries.get(element);
        return entry == null ? EMPTY : entry.below;
    }

    public FieldSet union(FieldSet other) {
        Builder all = new Builder();
        entries.forEach((element, entry) -> all.add(element, entry.member, entry.below));
        other.entries.forEach((element, entry) -> all.add(element, entry.member, entry.below));
        return all.build();
    }

    public FieldSet intersection(FieldSet other) {
        return narrow(other, (a, b) -> new Entry(a.member && b.member, a.below.intersection(b.below)));
    }

    /** Without the paths of the other set; what is below them stays. */
    public FieldSet difference(FieldSet other) {
        return narrow(other, (a, b) -> b == NONE ? a : new Entry(a.member && !b.member, a.below.difference(b.below)));
    }

    /** Without the paths of the other set and everything below them. */
    public FieldSet without(FieldSet other) {
        return narrow(other, (a, b) -> {
            if (b == NONE) {
                return a;
            }
            return b.member ? NONE : new Entry(a.member, a.below.without(b.below));
        });
    }

    /** With the fields that lead to the paths of the set; entries of free maps and items of lists are not added. */
    FieldSet withNamedFields(MergeType type) {
        Builder set = new Builder();
        entries.forEach((element, entry) -> {
            MergeType below = null;
            boolean named = false;
            if (type != null && element.isField()) {
                below = type.field(element.fieldName());
                named = !entry.below.isEmpty() && type.names(element.fieldName());
            } else if (type != null && element.kind() == PathElement.Kind.KEY) {
                below = type.items();
            }
            set.add(element, entry.member || named, entry.below.withNamedFields(below));
        });
        return set.build();
    }

    /** @param how an entry of this set and the other's, or none, become one of the result */
    private FieldSet narrow(FieldSet other, BinaryOperator<Entry> how) {
        Builder narrowed = new Builder();
        entries.forEach((element, entry) -> {
            Entry left = how.apply(entry, other.entries.getOrDefault(element, NONE));
            narrowed.add(element, left.member, left.below);
        });
        return narrowed.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && entries.equals(set.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return toFieldsV1().toString();
    }

    /** Gathers elements; those that are no members and have nothing below vanish. */
    static final class Builder {

        private final TreeMap<PathElement, Entry> entries = new TreeMap<>();

        Builder add(PathElement element, boolean member, FieldSet below) {
            if (member || !below.isEmpty()) {
                entries.merge(
                        element,
                        new Entry(member, below),
                        (a, b) -> new Entry(a.member || b.member, a.below.union(b.below)));
            }
            return this;
        }

        FieldSet build() {
            return new FieldSet(entries);
        }
    }
}
