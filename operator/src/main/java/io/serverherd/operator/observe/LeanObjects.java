package io.serverherd.operator.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.desired.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads objects without what the operator never looks at, which is most of them: the caches hold every object of every herd. A
 * pod's spec is left out, and the notes of who manages which field but for the operator's own; those, which are the same in all
 * objects of a kind that were made alike, are there once.
 */
public final class LeanObjects {
    private LeanObjects() {}

    /** For the operator's client. */
    public static KubernetesSerialization serialization() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, OwnFieldsOnly.class);
        mapper.addMixIn(Pod.class, WithoutSpec.class);
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
        // What watches bring; left to itself the client loads every kind of Kubernetes that it knows.
        HerdEventSources.watchedKinds().forEach(serialization::registerKubernetesResource);
        HerdEventSources.OWNED_BY_SOME.forEach(serialization::registerKubernetesResource);
        serialization.registerKubernetesResource(Status.class);
        return serialization;
    }

    private abstract static class OwnFieldsOnly {
        @JsonDeserialize(converter = OwnFields.class)
        abstract void setManagedFields(List<ManagedFieldsEntry> fields);
    }

    @JsonIgnoreProperties("spec")
    private abstract static class WithoutSpec {}

    /** Jackson makes one for each mapper. */
    static final class OwnFields extends StdConverter<List<ManagedFieldsEntry>, List<ManagedFieldsEntry>> {
        /** As many as there are kinds, and ways to fill them in; a forgotten one is only there twice. */
        private static final int REMEMBERED = 1000;

        private final Map<FieldsV1, FieldsV1> known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<FieldsV1, FieldsV1> eldest) {
                return size() > REMEMBERED;
            }
        };

        @Override
        public List<ManagedFieldsEntry> convert(List<ManagedFieldsEntry> entries) {
            List<ManagedFieldsEntry> own = entries.stream()
                    .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                    .toList();
            own.forEach(entry -> entry.setFieldsV1(same(entry.getFieldsV1())));
            return own;
        }

        private synchronized FieldsV1 same(FieldsV1 fields) {
            return fields == null ? null : known.computeIfAbsent(fields, first -> first);
        }
    }
}
