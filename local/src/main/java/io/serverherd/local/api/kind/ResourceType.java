package io.serverherd.local.api.kind;

import io.serverherd.local.api.store.ObjectKey;
import io.serverherd.local.api.store.ObjectSet;
import java.util.List;

/**
 * One kind in one version, as it is served.
 *
 * @param group empty for the core group
 * @param columns what {@code kubectl get} shows of a custom resource; kinds of our own compute theirs
 */
public record ResourceType(
        String group,
        String version,
        Names names,
        boolean namespaced,
        Subresources subresources,
        List<PrinterColumn> columns,
        TypeSchema schema,
        boolean custom) {

    public ResourceType {
        columns = List.copyOf(columns);
    }

    public String kind() {
        return names.kind();
    }

    public String plural() {
        return names.plural();
    }

    /** {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code pods}, {@code statefulsets.apps}: how messages name a resource. */
    public String qualifiedPlural() {
        return group.isEmpty() ? plural() : plural() + "." + group;
    }

    /** {@code Pod}, {@code StatefulSet.apps}: how messages name a kind. */
    public String qualifiedKind() {
        return group.isEmpty() ? kind() : kind() + "." + group;
    }

    public boolean is(String otherGroup, String otherPlural) {
        return group.equals(otherGroup) && plural().equals(otherPlural);
    }

    /** Events have two groups and are the same objects in both; they are kept in the core group. */
    private String storedGroup() {
        return group.equals("events.k8s.io") ? "" : group;
    }

    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(storedGroup(), plural(), namespaced ? namespace : "", name);
    }

    public ObjectSet objects(String namespace) {
        return new ObjectSet(storedGroup(), plural(), namespaced ? namespace : "");
    }
}
