package io.serverherd.operator.validation;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.api.StorageSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What must be true of a herd's volumes. */
final class StorageRules {
    private StorageRules() {}

    /** @param spec null: nothing said */
    static List<String> of(StorageSpec spec) {
        boolean bad =
                spec != null && spec.size() != null && !spec.size().toString().matches("[0-9.]*[1-9].*");
        return bad ? List.of("spec.storage.size: " + StorageSpec.SIZE_MESSAGE) : List.of();
    }

    /**
     * A volume can't be made smaller. The API server is not asked to refuse it, for it knows only the spec before: a size that
     * the StorageClass would not grant could then not be taken back.
     *
     * @param spec valid; null: nothing said
     */
    static List<String> ofChange(StorageSpec spec, Collection<StatefulSet> sets) {
        if (spec == null) {
            return List.of();
        }
        Optional<Quantity> largest = sets.stream()
                .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                .map(claim -> claim.getSpec().getResources().getRequests().get("storage"))
                .max(Comparator.naturalOrder());
        return largest.filter(size -> size.compareTo(spec.size()) > 0)
                .map(size -> List.of("spec.storage.size: " + spec.size() + " is less than the " + size
                        + " that servers have, and a volume can't be made smaller: ask for " + size + " or more"))
                .orElse(List.of());
    }
}
