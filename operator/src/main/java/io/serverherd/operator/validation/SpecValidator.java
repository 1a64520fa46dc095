package io.serverherd.operator.validation;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.api.ServerHerd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The CRD's rules once more, for an API server that doesn't know them or a CRD that is older than this operator. */
public final class SpecValidator {
    private final FieldRules fields = new FieldRules();

    /**
     * @param herd may lack its spec; then that is the problem
     * @param sets what the herd has become: not every spec can follow on it
     */
    public Validation validate(ServerHerd herd, Collection<StatefulSet> sets) {
        Validation ofSpec = validate(herd);
        return ofSpec.refused()
                ? ofSpec
                : Validation.ofSpec(StorageRules.ofChange(herd.getSpec().storage(), sets));
    }

    /** @param herd may lack its spec; then that is the problem */
    public Validation validate(ServerHerd herd) {
        List<String> problems = new ArrayList<>();
        problems.addAll(TopologyRules.ofName(herd.getMetadata().getName()));
        if (herd.getSpec() == null) {
            problems.add("spec: Required value");
        } else {
            problems.addAll(fields.check("spec", herd.getSpec()));
            problems.addAll(TopologyRules.of(herd.getSpec()));
            problems.addAll(PlacesRules.of(herd.getSpec()));
            problems.addAll(PodRules.of(herd.getSpec()));
            problems.addAll(ServiceRules.of(herd.getSpec()));
            problems.addAll(StorageRules.of(herd.getSpec().storage()));
            problems.addAll(NetworkRules.of(herd.getSpec().networkPolicy()));
            problems.addAll(PeerTlsRules.of(herd.getSpec().peerTls()));
            problems.addAll(ClientTlsRules.of(herd.getSpec().clientTls()));
        }
        return Validation.ofSpec(problems);
    }
}
