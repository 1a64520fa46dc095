package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be said of a pod, for the whole herd or for one server. Null: not said. What a pod needs to break out (volumes,
 * containers, security contexts, host namespaces, service accounts) can't be said.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSettings(
        @JsonPropertyDescription(
                "CPU and memory of a server. By default 50m of CPU and 128Mi of memory are requested, and 2 CPUs and"
                        + " 512Mi are the limits. A server's own values win, resource by resource.")
        Resources resources,

        @Size(max = 32)
        @ValidationRule(value = CelRules.LABELS_FREE, message = PodSettings.LABELS_TAKEN)
        @JsonPropertyDescription(
                "More labels of the pod, such as {team: geo}. A server's own entries win, label by label.")
        Map<String, @Size(max = 63) @Pattern(PodSettings.LABEL_VALUE) String> labels,

        @Size(max = 32)
        @ValidationRule(value = CelRules.ANNOTATIONS_FREE, message = PodSettings.ANNOTATIONS_TAKEN)
        @JsonPropertyDescription(
                "Annotations of the pod, as the cluster's other programs want them. A server's own entries win,"
                        + " annotation by annotation.")
        Map<String, @Size(max = 4096) String> annotations,

        @Size(max = 64)
        @JsonPropertyDescription("Labels a node must have to run the pod. A server's own entries win, label by label.")
        Map<String, String> nodeSelector,

        @JsonPropertyDescription(
                "Which nodes may run the pod and which should, where nodeSelector does not say enough. A server's own"
                        + " replaces the herd's.")
        NodeAffinitySpec nodeAffinity,

        @Size(max = 64) @JsonPropertyDescription("Taints the pod tolerates. A server's own list replaces the herd's.")
        List<TolerationSpec> tolerations,

        @Size(max = 8)
        @JsonPropertyDescription(
                "How the herd's pods are spread over the parts of the cluster. Without it evenly over zones, as far as"
                        + " possible. That two servers should rather not share a node is always said. A server's own"
                        + " list replaces the herd's.")
        List<TopologySpreadSpec> topologySpreadConstraints,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Secrets of the herd's namespace with the credentials to pull the image. A server's own list replaces"
                        + " the herd's.")
        List<ImagePullSecret> imagePullSecrets,

        @Size(min = 1, max = 253) @JsonPropertyDescription("The PriorityClass of the pod.")
        String priorityClassName) {

    static final String OWN_PREFIX = "serverherd.io/";

    public static final String LABELS_TAKEN = "labels of " + OWN_PREFIX
            + " and those by which Kubernetes and the operator know a pod (app.kubernetes.io/name, instance, component,"
            + " managed-by; controller-revision-hash, statefulset.kubernetes.io/pod-name, apps.kubernetes.io/pod-index)"
            + " can't be set";

    public static final String ANNOTATIONS_TAKEN =
            "annotations of " + OWN_PREFIX + " and those that loosen a container's security can't be set";

    /** Labels of a pod that selectors or controllers go by. */
    static final String OWN_LABEL_LIST = "app.kubernetes.io/name', 'app.kubernetes.io/instance',"
            + " 'app.kubernetes.io/component', 'app.kubernetes.io/managed-by', 'controller-revision-hash',"
            + " 'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index";

    // Annotations by which a container asked for another AppArmor or seccomp profile before there were fields for it.
    static final String APPARMOR_PREFIX = "container.apparmor.security.";
    static final String SECCOMP_PREFIX = "container.seccomp.security.";
    static final String POD_SECCOMP_PREFIX = "seccomp.security.";

    static final String LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

    private static final Set<String> OWN_LABELS = Set.of(OWN_LABEL_LIST.split("', *'"));

    public static boolean isLabelTaken(String key) {
        return key.startsWith(OWN_PREFIX) || OWN_LABELS.contains(key);
    }

    public static boolean isAnnotationTaken(String key) {
        return Stream.of(OWN_PREFIX, APPARMOR_PREFIX, SECCOMP_PREFIX, POD_SECCOMP_PREFIX)
                .anyMatch(key::startsWith);
    }
}
