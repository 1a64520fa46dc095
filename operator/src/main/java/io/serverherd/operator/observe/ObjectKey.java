package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object within a namespace. */
public record ObjectKey(String kind, String name) implements Comparable<ObjectKey> {

    public static ObjectKey of(HasMetadata object) {
        return new ObjectKey(object.getKind(), object.getMetadata().getName());
    }

    @Override
    public int compareTo(ObjectKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
