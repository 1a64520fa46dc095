package io.serverherd.operator.desired;

import static io.serverherd.operator.Herds.SETTINGS;
import static io.serverherd.operator.Herds.herd;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.Herds;
import io.serverherd.operator.Records;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import io.serverherd.operator.api.PodSettings;
import io.serverherd.operator.api.Resources;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.api.StorageSpec;
import io.serverherd.operator.api.TolerationSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DesiredHerdTest {
    @Test
    void whatOthersNeedIsAppliedFirst() {
        List<String> order = DesiredHerd.of(herd("h", "A-B"), SETTINGS).objects().stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();

        assertThat(order)
                .containsExactly(
                        "Service h-peers",
                        "Service h",
                        "PodDisruptionBudget h",
                        "NetworkPolicy h",
                        "ConfigMap h-a",
                        "StatefulSet h-a",
                        "ConfigMap h-b",
                        "StatefulSet h-b");
    }

    @Test
    void anEdgeChangesTwoConfigMapsAndNoPodTemplate() {
        Map<String, HasMetadata> before = byName(herd("h", "A-B C-D"));
        Map<String, HasMetadata> after = byName(herd("h", "A-B C-D B-C"));

        assertThat(changed(before, after)).containsExactlyInAnyOrder("ConfigMap h-b", "ConfigMap h-c");
    }

    @Test
    void whereAndHowLongToAskPlacesChangesNoPodTemplate() {
        ServerHerd herd = herd("h", "A-B");
        ServerHerd other = Herds.with(
                herd, "places", Herds.places(Map.of("endpoint", "https://places.example", "timeoutSeconds", 9)));

        assertThat(changed(byName(herd), byName(other))).containsExactlyInAnyOrder("ConfigMap h-a", "ConfigMap h-b");
    }

    @Test
    void everyServersTemplateIsItsOwnAndItsSelectorMatchesOnlyIt() {
        Set<Map<String, String>> selectors = byName(herd("h", "A-B C")).values().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .map(set -> {
                    assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
                            .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
                    return set.getSpec().getSelector().getMatchLabels();
                })
                .collect(Collectors.toSet());

        assertThat(selectors).hasSize(3);
    }

    @Test
    void onlyListedLabelsOfTheHerdArePassedOnAndNoneIntoThePod() {
        ServerHerd herd = herd("h", "A");
        herd.getMetadata()
                .setLabels(Map.of(
                        "app.kubernetes.io/part-of", "campus",
                        "argocd.argoproj.io/instance", "campus",
                        "app.kubernetes.io/instance", "mine"));

        herd.getMetadata().setAnnotations(Map.of("argocd.argoproj.io/tracking-id", "campus:ServerHerd:h"));

        DesiredHerd.of(herd, SETTINGS).objects().forEach(object -> {
            assertThat(object.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/part-of", "campus")
                    .containsEntry("app.kubernetes.io/instance", "h")
                    .doesNotContainKey("argocd.argoproj.io/instance");
            assertThat(String.valueOf(object.getMetadata().getAnnotations())).doesNotContain("argocd");
        });
        assertThat(template(herd, "A").getMetadata().getLabels()).doesNotContainKey("app.kubernetes.io/part-of");
    }

    @Test
    void theRequestToRestartIsPassedOnIntoEveryPodAndNowhereElse() {
        ServerHerd herd = herd("h", "A-B");
        ServerHerd asked = Herds.restartedAt(herd, "yesterday");

        assertThat(changed(byName(herd), byName(asked)))
                .containsExactlyInAnyOrder("StatefulSet h-a", "StatefulSet h-b");
        assertThat(template(herd, "A").getMetadata().getAnnotations()).isEmpty();
        assertThat(template(asked, "A").getMetadata().getAnnotations())
                .isEqualTo(Map.of("serverherd.io/restartedAt", "yesterday"));
    }

    @Test
    void everyServerHasADataFolderOfItsOwn() {
        ServerHerd herd = herd("h", "A");
        ServerHerd stored =
                Herds.with(herd, "storage", new StorageSpec(new Quantity("2Gi"), "fast", StorageSpec.DELETE));

        for (ServerHerd either : List.of(herd, stored)) {
            assertThat(environment(template(either, "A"))).containsEntry("HERD_DATA_DIR", "/var/lib/serverherd");
            assertThat(template(either, "A").getSpec().getContainers().get(0).getVolumeMounts())
                    .anyMatch(mount -> mount.getName().equals("data")
                            && mount.getMountPath().equals("/var/lib/serverherd"));
        }
    }

    @Test
    void theDataFolderIsTheClaimsWhereThereIsStorageAndThePodsOtherwise() {
        ServerHerd herd = herd("h", "A");
        StatefulSet without = set(herd, "A");
        StatefulSet with =
                set(Herds.with(herd, "storage", new StorageSpec(new Quantity("2Gi"), "fast", StorageSpec.DELETE)), "A");

        assertThat(without.getSpec().getTemplate().getSpec().getVolumes())
                .anyMatch(volume ->
                        volume.getName().equals("data") && volume.getEmptyDir().getSizeLimit() != null);
        assertThat(without.getSpec().getVolumeClaimTemplates()).isEmpty();
        assertThat(without.getSpec().getPersistentVolumeClaimRetentionPolicy()).isNull();
        assertThat(with.getSpec().getTemplate().getSpec().getVolumes())
                .noneMatch(volume -> volume.getName().equals("data"));
        assertThat(with.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Delete");
        assertThat(with.getSpec().getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
            assertThat(claim.getMetadata().getName()).isEqualTo("data");
            assertThat(claim.getMetadata().getLabels()).containsEntry("serverherd.io/herd", "h");
            assertThat(claim.getMetadata().getOwnerReferences()).isEmpty();
            assertThat(claim.getSpec().getStorageClassName()).isEqualTo("fast");
            assertThat(claim.getSpec().getResources().getRequests()).isEqualTo(quantities("storage", "2Gi"));
        });
    }

    @Test
    void claimsAreKeptUnlessTheSpecSaysOtherwise() {
        StatefulSet set =
                set(Herds.with(herd("h", "A"), "storage", new StorageSpec(new Quantity("2Gi"), null, null)), "A");

        assertThat(set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted())
                .isEqualTo("Retain");
    }

    /** It outlives the herd and has no owner: a tool that takes it for its own would delete the records. */
    @Test
    void aClaimCarriesNoMarkOfAGitOpsTool() {
        ServerHerd herd = Herds.with(herd("h", "A"), "storage", new StorageSpec(new Quantity("2Gi"), null, null));
        herd.getMetadata()
                .setLabels(Map.of(
                        "app.kubernetes.io/instance", "campus",
                        "app.kubernetes.io/part-of", "campus",
                        "argocd.argoproj.io/instance", "campus",
                        "kustomize.toolkit.fluxcd.io/name", "campus"));

        assertThat(set(herd, "A").getSpec().getVolumeClaimTemplates())
                .singleElement()
                .satisfies(claim -> assertThat(claim.getMetadata().getLabels())
                        .containsOnlyKeys(
                                "app.kubernetes.io/name",
                                "app.kubernetes.io/component",
                                "app.kubernetes.io/managed-by",
                                "serverherd.io/herd",
                                "serverherd.io/server",
                                "serverherd.io/set"));
    }

    @Test
    void everyObjectIsControlledByTheHerd() {
        DesiredHerd.of(herd("h", "A-B"), SETTINGS).objects().forEach(object -> assertThat(
                        object.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> {
                    assertThat(owner.getController()).isTrue();
                    assertThat(owner.getUid()).isEqualTo("uid-of-h");
                }));
    }

    @Test
    void theKeyIsMountedOnlyWhereOneIsWantedAndMayBeMissing() {
        PodTemplateSpec without = template(herd("h", "A"), "A");
        PodTemplateSpec with = template(Herds.withPlacesKey(herd("h", "A"), "google"), "A");

        assertThat(without.getSpec().getVolumes())
                .noneMatch(volume -> volume.getName().equals("places"));
        assertThat(environment(without)).doesNotContainKey("HERD_PLACES_DIR");
        assertThat(with.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("places"))
                .singleElement()
                .satisfies(volume -> {
                    assertThat(volume.getSecret().getSecretName()).isEqualTo("google");
                    assertThat(volume.getSecret().getOptional()).isTrue();
                    assertThat(volume.getSecret().getItems()).singleElement().satisfies(item -> assertThat(
                                    item.getKey() + "→" + item.getPath())
                            .isEqualTo("api-key→api-key"));
                });
        assertThat(environment(with)).containsEntry("HERD_PLACES_DIR", "/etc/serverherd/places");
    }

    @Test
    void aServersOwnCertificateIsMountedInEveryModeAndMayBeMissing() {
        PeerTlsSpec issued = new PeerTlsSpec(PeerTlsSpec.CERT_MANAGER, new IssuerRef("ca", null, null));
        for (PeerTlsSpec mode :
                List.of(PeerTlsSpec.NOTHING_SAID, issued, new PeerTlsSpec(PeerTlsSpec.DISABLED, null))) {
            PodTemplateSpec pod = template(Herds.with(herd("h", "A-B"), "peerTls", mode), "A");

            assertThat(pod.getSpec().getVolumes())
                    .filteredOn(volume -> volume.getProjected() != null)
                    .singleElement()
                    .satisfies(volume -> {
                        // The later one's files are there where both are.
                        assertThat(volume.getProjected().getSources())
                                .extracting(source -> source.getSecret().getName())
                                .containsExactly("h-a-peer-cert", "h-a-peer-tls");
                        assertThat(volume.getProjected().getSources())
                                .allMatch(source -> source.getSecret().getOptional());
                        assertThat(volume.getProjected().getDefaultMode()).isEqualTo(0440);
                    });
            assertThat(environment(pod)).containsEntry("HERD_TLS_DIR", "/etc/serverherd/peer-tls");
        }
    }

    @Test
    void aServersOwnPodSettingsWinFieldByField() {
        TolerationSpec spot = new TolerationSpec("spot", "Exists", null, null, null);
        PodSettings ofHerd = pod(Map.of(
                "resources",
                new Resources(quantities("cpu", "1"), quantities("memory", "1Gi")),
                "nodeSelector",
                Map.of("disk", "ssd", "zone", "a"),
                "tolerations",
                List.of(spot),
                "priorityClassName",
                "important"));
        PodSettings ofServer = pod(Map.of(
                "resources", new Resources(quantities("memory", "2Gi"), null),
                "nodeSelector", Map.of("zone", "b"),
                "tolerations", List.of()));
        ServerHerd herd = Herds.with(
                herd("h", Herds.spec(List.of(new ServerSpec("A", ofServer), new ServerSpec("B", null)), List.of())),
                "pod",
                ofHerd);

        PodTemplateSpec a = template(herd, "A");
        PodTemplateSpec b = template(herd, "B");

        assertThat(resources(a).getRequests())
                .isEqualTo(Map.of("cpu", new Quantity("1"), "memory", new Quantity("2Gi")));
        assertThat(resources(a).getLimits()).isEqualTo(quantities("memory", "1Gi"));
        assertThat(a.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "ssd", "zone", "b"));
        assertThat(a.getSpec().getTolerations()).isEmpty();
        assertThat(a.getSpec().getPriorityClassName()).isEqualTo("important");
        assertThat(b.getSpec().getNodeSelector()).isEqualTo(Map.of("disk", "ssd", "zone", "a"));
        assertThat(b.getSpec().getTolerations()).singleElement().satisfies(toleration -> assertThat(toleration.getKey())
                .isEqualTo("spot"));
    }

    @Test
    void aLimitBelowTheDefaultRequestIsTheRequestToo() {
        PodSettings small = pod(Map.of("resources", new Resources(null, quantities("memory", "64Mi"))));

        ResourceRequirements resources = resources(template(Herds.with(herd("h", "A"), "pod", small), "A"));

        assertThat(resources.getRequests()).containsOnlyKeys("cpu");
        assertThat(resources.getLimits()).isEqualTo(quantities("memory", "64Mi"));
    }

    @Test
    void nothingOfTheOperatorsVersionIsInAPodTemplate() {
        HerdSettings newer = new HerdSettings(
                "ghcr.io/serverherd/herd-node:9.9.9",
                SETTINGS.placesEndpoint(),
                SETTINGS.proxies(),
                SETTINGS.operatorNamespace(),
                SETTINGS.trustDomain(),
                LinkSecurity.NONE);
        ServerHerd herd = Herds.with(herd("h", "A-B"), "image", "registry.example/node:1");

        assertThat(DesiredHerd.of(herd, newer).objects())
                .isEqualTo(DesiredHerd.of(herd, SETTINGS).objects());
    }

    private static PodSettings pod(Map<String, ?> settings) {
        return Records.of(PodSettings.class, settings);
    }

    private static Map<String, Quantity> quantities(String resource, String amount) {
        return Map.of(resource, new Quantity(amount));
    }

    private static ResourceRequirements resources(PodTemplateSpec template) {
        return template.getSpec().getContainers().get(0).getResources();
    }

    private static Map<String, String> environment(PodTemplateSpec template) {
        return template.getSpec().getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
    }

    private static PodTemplateSpec template(ServerHerd herd, String server) {
        return set(herd, server).getSpec().getTemplate();
    }

    private static StatefulSet set(ServerHerd herd, String server) {
        return (StatefulSet) byName(herd).get("StatefulSet h-" + server.toLowerCase(java.util.Locale.ROOT));
    }

    private static Map<String, HasMetadata> byName(ServerHerd herd) {
        return DesiredHerd.of(herd, SETTINGS).objects().stream()
                .collect(Collectors.toMap(
                        object -> object.getKind() + " " + object.getMetadata().getName(), object -> object));
    }

    private static List<String> changed(Map<String, HasMetadata> before, Map<String, HasMetadata> after) {
        assertThat(after.keySet()).isEqualTo(before.keySet());
        return before.keySet().stream()
                .filter(name -> !before.get(name).equals(after.get(name)))
                .toList();
    }
}
