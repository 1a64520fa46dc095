package io.serverherd.local.api.gc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who owns whom, kept from the store's changes. For one thread. */
final class OwnerGraph {

    /** @param owners UIDs of the objects it names as owners */
    private record Node(String uid, Set<String> owners) {}

    private final Map<ObjectKey, Node> nodes = new HashMap<>();
    private final Map<String, ObjectKey> living = new HashMap<>();
    private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();

    void update(Change change) {
        ObjectKey key = change.key();
        Node before = nodes.remove(key);
        if (before != null) {
            living.remove(before.uid());
            before.owners().forEach(owner -> dependentSet(owner).remove(key));
        }
        if (change.type() != Change.Type.DELETED) {
            ObjectNode object = change.object();
            Node now = new Node(object.at("/metadata/uid").asText(), owners(object));
            nodes.put(key, now);
            living.put(now.uid(), key);
            now.owners().forEach(owner -> dependentSet(owner).add(key));
        }
    }

    List<ObjectKey> dependentsOf(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /** Where the owners of an object are, as far as they live. */
    static List<String> ownersOf(ObjectNode object) {
        return List.copyOf(owners(object));
    }

    ObjectKey find(String uid) {
        return living.get(uid);
    }

    /** Names owners, none of which is there. */
    boolean isOrphan(ObjectKey key) {
        Node node = nodes.get(key);
        return node != null
                && !node.owners().isEmpty()
                && node.owners().stream().noneMatch(living::containsKey);
    }

    String uid(ObjectKey key) {
        return nodes.get(key).uid();
    }

    private Set<ObjectKey> dependentSet(String owner) {
        return dependents.computeIfAbsent(owner, uid -> new TreeSet<>());
    }

    private static Set<String> owners(ObjectNode object) {
        Set<String> owners = new HashSet<>();
        for (JsonNode reference : object.at("/metadata/ownerReferences")) {
            owners.add(reference.path("uid").asText());
        }
        return owners;
    }
}
