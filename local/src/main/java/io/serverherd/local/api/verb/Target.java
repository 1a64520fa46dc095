package io.serverherd.local.api.verb;

import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.ObjectKey;

/**
 * What a request is about.
 *
 * @param namespace empty for all namespaces and for cluster-scoped kinds
 * @param name empty for a collection
 * @param subresource empty for the object itself
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {

    public ObjectKey key() {
        return type.key(namespace, name);
    }

    public Target named(String otherName) {
        return new Target(type, namespace, otherName, subresource);
    }

    /** The same in another namespace, as an object of a list of all namespaces. */
    public Target in(String otherNamespace) {
        return new Target(type, otherNamespace, name, subresource);
    }
}
