package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.serverherd.operator.api.ImagePullSecret;
import io.serverherd.operator.api.NodeAffinitySpec;
import io.serverherd.operator.api.PodSettings;
import io.serverherd.operator.api.Resources;
import io.serverherd.operator.api.TolerationSpec;
import io.serverherd.operator.api.TopologySpreadSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The pod settings of one server: its own win over the herd's, field by field, maps entry by entry. */
final class MergedPodSettings {
    private static final Map<String, Quantity> DEFAULT_REQUESTS =
            Map.of("cpu", new Quantity("50m"), "memory", new Quantity("128Mi"));
    /** Two CPUs, for start-up and the compiler: one loop does the work. Memory for half a million positions or so. */
    private static final Map<String, Quantity> DEFAULT_LIMITS =
            Map.of("cpu", new Quantity("2"), "memory", new Quantity("512Mi"));

    private final PodSettings herd;
    private final PodSettings server;

    /** Either may be null. */
    MergedPodSettings(PodSettings herd, PodSettings server) {
        this.herd = herd;
        this.server = server;
    }

    ResourceRequirements resources() {
        Map<String, Quantity> said = merged(resource(Resources::limits));
        // A limit without a request is the request too, as the API server would have it; the default may not exceed it.
        Map<String, Quantity> requests = new TreeMap<>(DEFAULT_REQUESTS);
        requests.keySet().removeAll(said.keySet());
        requests.putAll(merged(resource(Resources::requests)));
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(serversOrHerds(resource(Resources::limits)) == null ? defaultLimits(requests) : said)
                .build();
    }

    /** Who requests more than the default limit has it. */
    private static Map<String, Quantity> defaultLimits(Map<String, Quantity> requests) {
        Map<String, Quantity> limits = new TreeMap<>(DEFAULT_LIMITS);
        limits.replaceAll((resource, limit) -> {
            Quantity request = requests.getOrDefault(resource, limit);
            return request.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0 ? request : limit;
        });
        return limits;
    }

    Map<String, String> labels() {
        return merged(PodSettings::labels);
    }

    Map<String, String> annotations() {
        return merged(PodSettings::annotations);
    }

    /** Null where neither says any. */
    NodeAffinitySpec nodeAffinity() {
        return serversOrHerds(PodSettings::nodeAffinity);
    }

    /** Null where neither says any. */
    List<TopologySpreadSpec> topologySpread() {
        return serversOrHerds(PodSettings::topologySpreadConstraints);
    }

    List<LocalObjectReference> imagePullSecrets() {
        List<ImagePullSecret> secrets = serversOrHerds(PodSettings::imagePullSecrets);
        return secrets == null
                ? List.of()
                : secrets.stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList();
    }

    Map<String, String> nodeSelector() {
        return merged(PodSettings::nodeSelector);
    }

    List<Toleration> tolerations() {
        List<TolerationSpec> tolerations = serversOrHerds(PodSettings::tolerations);
        return tolerations == null
                ? List.of()
                : tolerations.stream().map(MergedPodSettings::toleration).toList();
    }

    /** Null where neither says one. */
    String priorityClassName() {
        return serversOrHerds(PodSettings::priorityClassName);
    }

    private static Function<PodSettings, Map<String, Quantity>> resource(
            Function<Resources, Map<String, Quantity>> part) {
        return pod -> pod.resources() == null ? null : part.apply(pod.resources());
    }

    private <V> Map<String, V> merged(Function<PodSettings, Map<String, V>> field) {
        Map<String, V> merged = new TreeMap<>();
        Stream.of(herd, server)
                .filter(Objects::nonNull)
                .map(field)
                .filter(Objects::nonNull)
                .forEach(merged::putAll);
        return merged;
    }

    private <V> V serversOrHerds(Function<PodSettings, V> field) {
        V own = server == null ? null : field.apply(server);
        return own != null || herd == null ? own : field.apply(herd);
    }

    private static Toleration toleration(TolerationSpec spec) {
        return new TolerationBuilder()
                .withKey(spec.key())
                .withOperator(spec.operator())
                .withValue(spec.value())
                .withEffect(spec.effect())
                .withTolerationSeconds(spec.tolerationSeconds())
                .build();
    }
}
