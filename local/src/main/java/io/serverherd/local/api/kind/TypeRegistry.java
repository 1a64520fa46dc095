package io.serverherd.local.api.kind;

import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectKey;
import io.serverherd.local.api.store.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All kinds served now. Follows the store: a definition is in force as soon as its write is answered. */
public final class TypeRegistry {

    private final List<ResourceType> builtIn = BuiltInTypes.all();
    private final Map<String, List<ResourceType>> customByDefinition = new ConcurrentHashMap<>();

    public TypeRegistry(ObjectStore store) {
        store.follow(store.version(), this::onChange);
    }

    private void onChange(Change change) {
        if (!change.key().plural().equals("customresourcedefinitions")) {
            return;
        }
        if (change.type() == Change.Type.DELETED) {
            customByDefinition.remove(change.key().name());
        } else {
            customByDefinition.put(change.key().name(), CustomTypes.of(change.object()));
        }
    }

    public List<ResourceType> types() {
        return Stream.concat(
                        builtIn.stream(),
                        customByDefinition.keySet().stream().sorted().flatMap(this::customTypes))
                .toList();
    }

    private Stream<ResourceType> customTypes(String definition) {
        return customByDefinition.getOrDefault(definition, List.of()).stream();
    }

    /** Types by their group and version, the core group first, in the order a client would like to try them. */
    public Map<String, Map<String, List<ResourceType>>> byGroupAndVersion() {
        Map<String, Map<String, List<ResourceType>>> groups = new LinkedHashMap<>();
        types().forEach(type -> groups.computeIfAbsent(type.group(), group -> new LinkedHashMap<>())
                .computeIfAbsent(type.version(), version -> new ArrayList<>())
                .add(type));
        return groups;
    }

    public Optional<ResourceType> find(String group, String version, String plural) {
        return types().stream()
                .filter(type -> type.is(group, plural) && type.version().equals(version))
                .findFirst();
    }

    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
        return types().stream()
                .filter(type -> type.apiVersion().equals(apiVersion)
                        && type.names().kind().equals(kind))
                .findFirst();
    }

    /** The type of a kind the API has of its own. */
    public ResourceType builtIn(String group, String plural) {
        return builtIn.stream()
                .filter(type -> type.is(group, plural))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no built-in type " + plural + "." + group));
    }

    /** A type that the object can be read as. */
    public Optional<ResourceType> of(ObjectKey key) {
        return types().stream()
                .filter(type -> type.is(key.group(), key.plural()))
                .findFirst();
    }
}
