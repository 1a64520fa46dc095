package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.serverherd.operator.api.NodeAffinitySpec;
import io.serverherd.operator.api.NodePreference;
import io.serverherd.operator.api.NodeRequirement;
import io.serverherd.operator.api.TopologySpreadSpec;
import java.util.List;

/** Where a server's pod goes: rather not where another of the herd is, and over all zones, unless the spec says otherwise. */
final class ServerPlacement {
    private static final String NODE = "kubernetes.io/hostname";
    private static final String ZONE = "topology.kubernetes.io/zone";
    /** The most there is: one lost node should be one lost server. */
    private static final int APART = 100;

    private static final List<TopologySpreadSpec> OVER_ZONES = List.of(new TopologySpreadSpec(ZONE, null, null));

    private ServerPlacement() {}

    /** @param nodes null: nothing said */
    static Affinity affinity(HerdIdentity herd, NodeAffinitySpec nodes) {
        return new AffinityBuilder()
                .withNodeAffinity(nodes == null || nodes.saysNothing() ? null : nodeAffinity(nodes))
                .withNewPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(APART)
                .withNewPodAffinityTerm()
                .withTopologyKey(NODE)
                .withLabelSelector(herdsPods(herd))
                .endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .build();
    }

    /** @param spread null: nothing said */
    static List<TopologySpreadConstraint> spread(HerdIdentity herd, List<TopologySpreadSpec> spread) {
        return (spread == null ? OVER_ZONES : spread)
                .stream()
                        .map(one -> new TopologySpreadConstraintBuilder()
                                .withTopologyKey(one.topologyKey())
                                .withMaxSkew(one.maxSkew() == null ? 1 : one.maxSkew())
                                .withWhenUnsatisfiable(
                                        one.whenUnsatisfiable() == null
                                                ? TopologySpreadSpec.SCHEDULE_ANYWAY
                                                : one.whenUnsatisfiable())
                                .withLabelSelector(herdsPods(herd))
                                .build())
                        .toList();
    }

    private static NodeAffinity nodeAffinity(NodeAffinitySpec spec) {
        NodeAffinityBuilder affinity = new NodeAffinityBuilder();
        // A term of no requirements would match no node.
        if (spec.required() != null && !spec.required().isEmpty()) {
            affinity.withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withNodeSelectorTerms(new NodeSelectorTermBuilder()
                            .withMatchExpressions(spec.required().stream()
                                    .map(ServerPlacement::requirement)
                                    .toList())
                            .build())
                    .endRequiredDuringSchedulingIgnoredDuringExecution();
        }
        if (spec.preferred() != null) {
            affinity.withPreferredDuringSchedulingIgnoredDuringExecution(
                    spec.preferred().stream().map(ServerPlacement::preference).toList());
        }
        return affinity.build();
    }

    private static NodeSelectorRequirement requirement(NodeRequirement spec) {
        return requirement(spec.key(), spec.operator(), spec.values());
    }

    private static PreferredSchedulingTerm preference(NodePreference spec) {
        return new PreferredSchedulingTermBuilder()
                .withWeight(spec.weight())
                .withNewPreference()
                .withMatchExpressions(requirement(spec.key(), spec.operator(), spec.values()))
                .endPreference()
                .build();
    }

    private static NodeSelectorRequirement requirement(String key, String operator, List<String> values) {
        return new NodeSelectorRequirementBuilder()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .build();
    }

    private static LabelSelector herdsPods(HerdIdentity herd) {
        return new LabelSelectorBuilder()
                .withMatchLabels(Labels.selectHerd(herd.name()))
                .build();
    }
}
