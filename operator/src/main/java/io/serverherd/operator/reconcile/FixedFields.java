package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.List;
import java.util.Map;

/** What can't be changed of a StatefulSet, as far as the operator says it; where it differs, the set is made anew. */
record FixedFields(String serviceName, String podManagement, Map<String, String> selector, List<Claim> claims) {

    /** @param size compared as an amount: 1Gi is 1024Mi */
    private record Claim(
            String name,
            Map<String, String> labels,
            List<String> accessModes,
            String storageClass,
            Map<String, Quantity> size) {

        static Claim of(PersistentVolumeClaim template) {
            PersistentVolumeClaimSpec spec = template.getSpec();
            return new Claim(
                    template.getMetadata().getName(),
                    template.getMetadata().getLabels(),
                    spec.getAccessModes(),
                    spec.getStorageClassName(),
                    spec.getResources().getRequests());
        }
    }

    static FixedFields of(StatefulSet set) {
        StatefulSetSpec spec = set.getSpec();
        return new FixedFields(
                spec.getServiceName(),
                spec.getPodManagementPolicy(),
                spec.getSelector().getMatchLabels(),
                spec.getVolumeClaimTemplates().stream().map(Claim::of).toList());
    }

    /**
     * The set that is wanted, its amounts spelled as those that are there: the API server writes 1024Mi as 1Gi.
     *
     * @param actual has the same fixed fields
     */
    static StatefulSet spelledAs(StatefulSet actual, StatefulSet desired) {
        List<PersistentVolumeClaim> there = actual.getSpec().getVolumeClaimTemplates();
        StatefulSet spelled = new StatefulSetBuilder(desired).build();
        List<PersistentVolumeClaim> claims = spelled.getSpec().getVolumeClaimTemplates();
        for (int i = 0; i < claims.size(); i++) {
            claims.get(i)
                    .getSpec()
                    .getResources()
                    .setRequests(there.get(i).getSpec().getResources().getRequests());
        }
        return spelled;
    }
}
