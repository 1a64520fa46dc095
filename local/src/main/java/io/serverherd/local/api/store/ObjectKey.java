package io.serverherd.local.api.store;

import java.util.Comparator;

/**
 * Where an object is: the same for all versions of its API group.
 *
 * @param group empty for the core group
 * @param namespace empty for cluster-scoped objects
 */
public record ObjectKey(String group, String plural, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::group)
            .thenComparing(ObjectKey::plural)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code default/alford} or, for cluster-scoped objects, {@code alford}. */
    public String path() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
