package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.api.ServerHerd;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The image of a herd that names none. It goes on with the default it was given, and a server added later gets the same, so an
 * operator whose default is another touches no pod. Where pods are to be replaced anyway, because somebody has asked to restart
 * them or has just taken {@code spec.image} away, the operator's default of now is taken.
 */
public final class DefaultImage {
    private DefaultImage() {}

    /**
     * @param sets    the herd's, as they are: an annotation names the default each was given
     * @param current the operator's default
     */
    public static String of(ServerHerd herd, Collection<StatefulSet> sets, String current) {
        Map<String, String> restart = Labels.restart(herd.getMetadata().getAnnotations());
        // The one that most have: someone may have tampered with one of them.
        return sets.stream()
                .filter(set -> restart.equals(restartOf(set)))
                .map(set -> annotation(set.getMetadata()))
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(current);
    }

    private static Map<String, String> restartOf(StatefulSet set) {
        ObjectMeta template = set.getSpec().getTemplate().getMetadata();
        return Labels.restart(template == null ? null : template.getAnnotations());
    }

    private static String annotation(ObjectMeta set) {
        return set.getAnnotations() == null ? null : set.getAnnotations().get(Labels.DEFAULT_IMAGE);
    }
}
