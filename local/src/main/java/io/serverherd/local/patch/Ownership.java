package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Who owns which fields of one object: {@code metadata.managedFields} to work with. Mutable, used for one write. */
final class Ownership {

    /** As many writers by update are told apart; older ones become one. */
    private static final int MOST_UPDATERS = 10;

    private static final String OLD_UPDATERS = "ancient-changes";

    /**
     * Who owns: an applier by its name, whatever version it applied; an updater by its name and version.
     *
     * @param apiVersion empty for an applier
     * @param subresource empty for the object itself
     */
    record Owner(String manager, boolean applies, String apiVersion, String subresource) {

        static Owner applier(FieldWriter writer) {
            return new Owner(writer.manager(), true, "", writer.subresource());
        }

        static Owner updater(FieldWriter writer) {
            return new Owner(writer.manager(), false, writer.apiVersion(), writer.subresource());
        }

        /** {@code "kubectl" with subresource "status" using apps/v1}. */
        String inWords() {
            return '"'
                    + manager
                    + '"'
                    + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"')
                    + (applies ? "" : " using " + apiVersion);
        }
    }

    /** @param time of the last change, as it is written; null when nobody noted it */
    record Share(String apiVersion, FieldSet fields, String time) {

        Share withFields(FieldSet others) {
            return new Share(apiVersion, others, time);
        }
    }

    private static final Comparator<Map.Entry<Owner, Share>> BY_TIME = Comparator.comparing(
            entry -> entry.getValue().time() == null ? "" : entry.getValue().time());

    private static final Comparator<Map.Entry<Owner, Share>> AS_WRITTEN = Comparator.comparing(
                    (Map.Entry<Owner, Share> entry) -> entry.getKey().applies() ? 0 : 1)
            .thenComparing(BY_TIME)
            .thenComparing(entry -> entry.getKey().manager())
            .thenComparing(entry -> entry.getValue().apiVersion())
            .thenComparing(entry -> entry.getKey().subresource());

    private final Map<Owner, Share> shares = new HashMap<>();

    /** @throws IllegalArgumentException when these are no managedFields */
    static Ownership parse(JsonNode managedFields) {
        Ownership ownership = new Ownership();
        for (JsonNode entry : managedFields) {
            String operation = entry.path("operation").asText();
            String apiVersion = entry.path("apiVersion").asText();
            if (!operation.equals("Apply") && !operation.equals("Update")) {
                throw new IllegalArgumentException("metadata.managedFields: operation must be `Apply` or `Update`");
            }
            if (apiVersion.isEmpty()) {
                throw new IllegalArgumentException("metadata.managedFields: apiVersion must not be empty");
            }
            boolean applies = operation.equals("Apply");
            Owner owner = new Owner(
                    entry.path("manager").asText(),
                    applies,
                    applies ? "" : apiVersion,
                    entry.path("subresource").asText());
            FieldSet fields = FieldSet.parse(entry.path("fieldsV1"));
            ownership.shares.put(
                    owner, new Share(apiVersion, fields, entry.path("time").textValue()));
        }
        return ownership;
    }

    /** The ownership of an object that may have none. */
    static Ownership of(JsonNode object) {
        return object == null ? new Ownership() : parse(object.at("/metadata/managedFields"));
    }

    ArrayNode toManagedFields() {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        shares.entrySet().stream().sorted(AS_WRITTEN).forEach(entry -> {
            Owner owner = entry.getKey();
            Share share = entry.getValue();
            ObjectNode written = entries.addObject();
            if (!owner.manager().isEmpty()) {
                written.put("manager", owner.manager());
            }
            written.put("operation", owner.applies() ? "Apply" : "Update");
            written.put("apiVersion", share.apiVersion());
            if (share.time() != null) {
                written.put("time", share.time());
            }
            written.put("fieldsType", "FieldsV1");
            written.set("fieldsV1", share.fields().toFieldsV1());
            if (!owner.subresource().isEmpty()) {
                written.put("subresource", owner.subresource());
            }
        });
        return entries;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    /** What an owner owns; null when nothing. */
    Share of(Owner owner) {
        return shares.get(owner);
    }

    /** An owner with no fields is none. */
    void put(Owner owner, Share share) {
        if (share.fields().isEmpty()) {
            shares.remove(owner);
        } else {
            shares.put(owner, share);
        }
    }

    /** All owners, by name. */
    List<Owner> owners() {
        return shares.keySet().stream()
                .sorted(Comparator.comparing(Owner::manager)
                        .thenComparing(Owner::apiVersion)
                        .thenComparing(Owner::subresource)
                        .thenComparing(Owner::applies))
                .toList();
    }

    void replaceFields(BiFunction<Owner, FieldSet, FieldSet> replacement) {
        for (Owner owner : owners()) {
            Share share = shares.get(owner);
            put(owner, share.withFields(replacement.apply(owner, share.fields())));
        }
    }

    /** Everything that somebody owns. */
    FieldSet all() {
        return shares.values().stream().map(Share::fields).reduce(FieldSet.EMPTY, FieldSet::union);
    }

    /** Merges the oldest updaters of each version into one, until there are few enough. */
    void limitUpdaters() {
        List<Map.Entry<Owner, Share>> updaters = new ArrayList<>(shares.entrySet().stream()
                .filter(entry -> !entry.getKey().applies())
                .sorted(BY_TIME.thenComparing(entry -> entry.getKey().manager()))
                .toList());
        int count = updaters.size();
        Map<String, Map.Entry<Owner, Share>> firstOfVersion = new HashMap<>();
        for (Map.Entry<Owner, Share> oldest : updaters) {
            if (count <= MOST_UPDATERS) {
                return;
            }
            String version = oldest.getValue().apiVersion();
            Owner bucket = new Owner(OLD_UPDATERS, false, version, "");
            Map.Entry<Owner, Share> first = firstOfVersion.putIfAbsent(version, oldest);
            if (first == null) {
                continue;
            }
            Share merged = shares.getOrDefault(bucket, first.getValue());
            shares.remove(first.getKey());
            shares.remove(oldest.getKey());
            shares.put(
                    bucket,
                    new Share(
                            version,
                            merged.fields().union(oldest.getValue().fields()),
                            oldest.getValue().time()));
            count--;
        }
    }
}
