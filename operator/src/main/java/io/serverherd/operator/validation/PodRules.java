package io.serverherd.operator.validation;

import io.serverherd.operator.api.NodeAffinitySpec;
import io.serverherd.operator.api.NodePreference;
import io.serverherd.operator.api.NodeRequirement;
import io.serverherd.operator.api.PodSettings;
import io.serverherd.operator.api.ServerHerdSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What must be true of pod settings, the herd's and each server's. */
final class PodRules {
    private PodRules() {}

    static List<String> of(ServerHerdSpec spec) {
        List<String> problems = new ArrayList<>();
        check("spec.pod", spec.pod(), problems);
        for (int i = 0; i < spec.servers().size(); i++) {
            check("spec.servers[" + i + "].pod", spec.servers().get(i).pod(), problems);
        }
        return problems;
    }

    private static void check(String path, PodSettings pod, List<String> problems) {
        if (pod == null) {
            return;
        }
        if (anyKey(pod.labels(), PodSettings::isLabelTaken)) {
            problems.add(path + ".labels: " + PodSettings.LABELS_TAKEN);
        }
        if (anyKey(pod.annotations(), PodSettings::isAnnotationTaken)) {
            problems.add(path + ".annotations: " + PodSettings.ANNOTATIONS_TAKEN);
        }
        if (pod.nodeAffinity() != null) {
            check(path + ".nodeAffinity", pod.nodeAffinity(), problems);
        }
    }

    private static void check(String path, NodeAffinitySpec affinity, List<String> problems) {
        check(path + ".required", affinity.required(), NodeRequirement::valuesFitOperator, problems);
        check(path + ".preferred", affinity.preferred(), NodePreference::valuesFitOperator, problems);
    }

    private static <T> void check(String path, List<T> terms, Predicate<T> fits, List<String> problems) {
        for (int i = 0; terms != null && i < terms.size(); i++) {
            if (!fits.test(terms.get(i))) {
                problems.add(path + "[" + i + "]: " + NodeRequirement.VALUES_FIT_OPERATOR);
            }
        }
    }

    private static boolean anyKey(Map<String, ?> map, Predicate<String> taken) {
        return map != null && map.keySet().stream().anyMatch(taken);
    }
}
