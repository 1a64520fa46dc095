package io.serverherd.local.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the pods and claims of a StatefulSet look like. */
final class SetPods {

    static final String REVISION_LABEL = "controller-revision-hash";
    static final String POD_NAME_LABEL = "statefulset.kubernetes.io/pod-name";
    static final String POD_INDEX_LABEL = "apps.kubernetes.io/pod-index";

    private SetPods() {}

    static Pod pod(StatefulSet set, int ordinal, String revision) {
        PodTemplateSpec template = set.getSpec().getTemplate();
        String name = podName(set, ordinal);
        Map<String, String> labels =
                new HashMap<>(orEmpty(template.getMetadata().getLabels()));
        labels.put(REVISION_LABEL, revision);
        labels.put(POD_NAME_LABEL, name);
        labels.put(POD_INDEX_LABEL, Integer.toString(ordinal));
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(set.getMetadata().getNamespace())
                .withName(name)
                .withGenerateName(set.getMetadata().getName() + "-")
                .withLabels(labels)
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(owner(set))
                .endMetadata()
                .withNewSpecLike(template.getSpec())
                .withHostname(name)
                .withSubdomain(set.getSpec().getServiceName())
                .withVolumes(volumes(set, ordinal))
                .endSpec()
                .build();
    }

    /** One claim per template; a pod made again finds its old ones. */
    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        boolean deletedWithSet = Optional.ofNullable(set.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .map(policy -> "Delete".equals(policy.getWhenDeleted()))
                .orElse(false);
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> new PersistentVolumeClaimBuilder(template)
                        .editOrNewMetadata()
                        .withNamespace(set.getMetadata().getNamespace())
                        .withName(claimName(template, set, ordinal))
                        .addToLabels(orEmpty(set.getSpec().getSelector().getMatchLabels()))
                        .withOwnerReferences(deletedWithSet ? List.of(owner(set)) : List.of())
                        .endMetadata()
                        .withStatus(null)
                        .build())
                .toList();
    }

    /** The claims' volumes; a claim's volume replaces one of the same name. */
    private static List<Volume> volumes(StatefulSet set, int ordinal) {
        List<Volume> volumes =
                new ArrayList<>(set.getSpec().getTemplate().getSpec().getVolumes());
        for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
            String name = template.getMetadata().getName();
            volumes.removeIf(volume -> volume.getName().equals(name));
            volumes.add(new VolumeBuilder()
                    .withName(name)
                    .withNewPersistentVolumeClaim(claimName(template, set, ordinal), false)
                    .build());
        }
        return volumes;
    }

    private static String claimName(PersistentVolumeClaim template, StatefulSet set, int ordinal) {
        return template.getMetadata().getName() + "-" + podName(set, ordinal);
    }

    private static OwnerReference owner(StatefulSet set) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(set.getMetadata().getName())
                .withUid(set.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static boolean owns(StatefulSet set, Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController())
                        && set.getMetadata().getUid().equals(owner.getUid()));
    }

    /** Nobody owns it, and it stays. */
    static boolean isFree(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> Boolean.TRUE.equals(owner.getController()));
    }

    /** By its name and labels, whoever owns it. */
    static boolean isOfSet(StatefulSet set, Pod pod) {
        return ordinal(set, pod).isPresent()
                && orEmpty(pod.getMetadata().getLabels())
                        .entrySet()
                        .containsAll(orEmpty(set.getSpec().getSelector().getMatchLabels())
                                .entrySet());
    }

    /** A merge patch that makes the pod the set's, and that a newer pod of its name refuses. */
    static String adoption(StatefulSet set, Pod pod) {
        return Serialization.asJson(
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid(), "ownerReferences", List.of(owner(set)))));
    }

    /** Of the set that would make a pod of that name. */
    static String setName(Pod pod) {
        return pod.getMetadata().getName().replaceFirst("-[0-9]+$", "");
    }

    static String podName(StatefulSet set, int ordinal) {
        return set.getMetadata().getName() + "-" + ordinal;
    }

    /** @return empty for a pod whose name is not one of the set's */
    static OptionalInt ordinal(StatefulSet set, Pod pod) {
        String prefix = set.getMetadata().getName() + "-";
        String name = pod.getMetadata().getName();
        String digits = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return digits.matches("0|[1-9][0-9]{0,8}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
