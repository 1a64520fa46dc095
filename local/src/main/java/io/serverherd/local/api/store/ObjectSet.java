package io.serverherd.local.api.store;

/**
 * A set of objects to list or to watch.
 *
 * @param group empty for the core group
 * @param namespace empty for all namespaces, and for cluster-scoped objects
 */
public record ObjectSet(String group, String plural, String namespace) {

    public boolean contains(ObjectKey key) {
        return key.group().equals(group)
                && key.plural().equals(plural)
                && (namespace.isEmpty() || key.namespace().equals(namespace));
    }
}
