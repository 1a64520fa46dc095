package io.serverherd.operator.desired;

import static io.serverherd.operator.Herds.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.Herds;
import io.serverherd.operator.Records;
import io.serverherd.operator.api.ImagePullSecret;
import io.serverherd.operator.api.NodeAffinitySpec;
import io.serverherd.operator.api.NodePreference;
import io.serverherd.operator.api.NodeRequirement;
import io.serverherd.operator.api.PodSettings;
import io.serverherd.operator.api.Resources;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.api.TopologySpreadSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pod settings make of the pod: the herd's, a server's own, and what is there when nothing is said. */
class ServerPodTest {
    @Test
    void aServerHasRequestsAndLimitsWhenNothingIsSaid() {
        ResourceRequirements resources = resources(pod(Map.of(), Map.of()));

        assertThat(resources.getRequests()).isEqualTo(Map.of("cpu", amount("50m"), "memory", amount("128Mi")));
        assertThat(resources.getLimits()).isEqualTo(Map.of("cpu", amount("2"), "memory", amount("512Mi")));
    }

    @Test
    void whoRequestsMoreThanTheDefaultLimitMayUseIt() {
        ResourceRequirements resources = resources(pod(
                Map.of("resources", new Resources(Map.of("memory", amount("1Gi"), "cpu", amount("100m")), null)),
                Map.of()));

        assertThat(resources.getRequests()).isEqualTo(Map.of("cpu", amount("100m"), "memory", amount("1Gi")));
        assertThat(resources.getLimits()).isEqualTo(Map.of("cpu", amount("2"), "memory", amount("1Gi")));
    }

    @Test
    void onceALimitIsSaidOnlyThoseSaidHold() {
        ResourceRequirements resources = resources(pod(
                Map.of("resources", new Resources(null, Map.of("memory", amount("1Gi")))),
                Map.of("resources", new Resources(Map.of("memory", amount("256Mi")), null))));

        assertThat(resources.getLimits()).isEqualTo(Map.of("memory", amount("1Gi")));
        assertThat(resources.getRequests()).isEqualTo(Map.of("cpu", amount("50m"), "memory", amount("256Mi")));
    }

    @Test
    void labelsAndAnnotationsOfAServerWinAndTheOperatorsOwnStay() {
        ServerHerd herd = herd(
                Map.of(
                        "labels", Map.of("team", "geo", "tier", "back"),
                        "annotations", Map.of("a", "herd", "b", "herd", "serverherd.io/restartedAt", "never")),
                Map.of(
                        "labels", Map.of("team", "maps", "serverherd.io/set", "stolen"),
                        "annotations", Map.of("b", "server")));
        herd.getMetadata().setAnnotations(Map.of("serverherd.io/restartedAt", "2026-01-01T00:00:00Z"));

        PodTemplateSpec template = template(herd);

        assertThat(template.getMetadata().getLabels())
                .containsEntry("team", "maps")
                .containsEntry("tier", "back")
                .containsEntry("serverherd.io/set", "h-a");
        assertThat(template.getMetadata().getAnnotations())
                .isEqualTo(Map.of("a", "herd", "b", "server", "serverherd.io/restartedAt", "2026-01-01T00:00:00Z"));
    }

    @Test
    void serversKeepApartAndSpreadOverZonesAsFarAsPossible() {
        PodTemplateSpec template = pod(Map.of(), Map.of());

        assertThat(template.getSpec().getAffinity().getNodeAffinity()).isNull();
        assertThat(template.getSpec()
                        .getAffinity()
                        .getPodAntiAffinity()
                        .getPreferredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term -> {
                    assertThat(term.getPodAffinityTerm().getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(template.getMetadata().getLabels())
                            .containsAllEntriesOf(
                                    term.getPodAffinityTerm().getLabelSelector().getMatchLabels());
                });
        assertThat(spread(template)).containsExactly("topology.kubernetes.io/zone 1 ScheduleAnyway");
    }

    @Test
    void aListOfSpreadsReplacesTheOneBeforeIt() {
        TopologySpreadSpec racks = new TopologySpreadSpec("example.com/rack", 2, "DoNotSchedule");
        TopologySpreadSpec nodes = new TopologySpreadSpec("kubernetes.io/hostname", null, null);

        assertThat(spread(pod(Map.of("topologySpreadConstraints", List.of(racks)), Map.of())))
                .containsExactly("example.com/rack 2 DoNotSchedule");
        assertThat(spread(pod(
                        Map.of("topologySpreadConstraints", List.of(racks)),
                        Map.of("topologySpreadConstraints", List.of(nodes)))))
                .containsExactly("kubernetes.io/hostname 1 ScheduleAnyway");
        assertThat(spread(pod(Map.of("topologySpreadConstraints", List.of()), Map.of())))
                .isEmpty();
    }

    @Test
    void requiredNodesAreOneTermAndPreferredOnesHaveTheirWeights() {
        NodeAffinitySpec spec = new NodeAffinitySpec(
                List.of(
                        new NodeRequirement("kubernetes.io/arch", "In", List.of("arm64")),
                        new NodeRequirement("example.com/spot", "DoesNotExist", null)),
                List.of(new NodePreference(70, "disk", "NotIn", List.of("hdd"))));

        var affinity = pod(Map.of(), Map.of("nodeAffinity", spec))
                .getSpec()
                .getAffinity()
                .getNodeAffinity();

        assertThat(affinity.getRequiredDuringSchedulingIgnoredDuringExecution().getNodeSelectorTerms())
                .singleElement()
                .satisfies(term -> assertThat(term.getMatchExpressions())
                        .containsExactly(
                                new NodeSelectorRequirement("kubernetes.io/arch", "In", List.of("arm64")),
                                new NodeSelectorRequirement("example.com/spot", "DoesNotExist", null)));
        assertThat(affinity.getPreferredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term -> {
                    assertThat(term.getWeight()).isEqualTo(70);
                    assertThat(term.getPreference().getMatchExpressions())
                            .containsExactly(new NodeSelectorRequirement("disk", "NotIn", List.of("hdd")));
                });
    }

    @Test
    void anAffinityThatSaysNothingIsNone() {
        assertThat(pod(Map.of("nodeAffinity", new NodeAffinitySpec(List.of(), null)), Map.of())
                        .getSpec()
                        .getAffinity()
                        .getNodeAffinity())
                .isNull();
    }

    @Test
    void pullSecretsAreTheServersOrTheHerds() {
        Map<String, Object> ofHerd = Map.of("imagePullSecrets", List.of(new ImagePullSecret("registry")));

        assertThat(pod(ofHerd, Map.of()).getSpec().getImagePullSecrets())
                .containsExactly(new LocalObjectReference("registry"));
        assertThat(pod(ofHerd, Map.of("imagePullSecrets", List.of())).getSpec().getImagePullSecrets())
                .isEmpty();
    }

    private static Quantity amount(String text) {
        return new Quantity(text);
    }

    private static ResourceRequirements resources(PodTemplateSpec template) {
        return template.getSpec().getContainers().get(0).getResources();
    }

    private static List<String> spread(PodTemplateSpec template) {
        return template.getSpec().getTopologySpreadConstraints().stream()
                .map(ServerPodTest::said)
                .toList();
    }

    private static String said(TopologySpreadConstraint constraint) {
        return constraint.getTopologyKey() + " " + constraint.getMaxSkew() + " " + constraint.getWhenUnsatisfiable();
    }

    private static PodTemplateSpec pod(Map<String, ?> ofHerd, Map<String, ?> ofServer) {
        return template(herd(ofHerd, ofServer));
    }

    private static ServerHerd herd(Map<String, ?> ofHerd, Map<String, ?> ofServer) {
        ServerSpec server = new ServerSpec("A", Records.of(PodSettings.class, ofServer));
        return Herds.with(
                Herds.herd("h", Herds.spec(List.of(server), List.of())), "pod", Records.of(PodSettings.class, ofHerd));
    }

    private static PodTemplateSpec template(ServerHerd herd) {
        return DesiredHerd.of(herd, SETTINGS).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(set -> ((StatefulSet) set).getSpec().getTemplate())
                .findFirst()
                .orElseThrow();
    }
}
