package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A ServerHerd as a user would write it, with the graph drawn as text: {@code servers("A B C").edges("A-B B-C")}.
 * Untyped on purpose: the tests say what a user says, also where the resource's own types could not hold it.
 */
public record HerdManifest(String name, Map<String, Object> spec) {

    public static HerdManifest herd(String name) {
        return new HerdManifest(name, Map.of());
    }

    /** The herd of the reports: a ring of five. */
    public static HerdManifest fiveNodes(String name) {
        return herd(name)
                .servers("Alford Ball Hamilton Holiday Welsh")
                .edges("Alford-Hamilton Alford-Welsh Ball-Holiday Ball-Welsh Hamilton-Holiday");
    }

    public HerdManifest servers(String names) {
        return with("servers", words(names).map(n -> Map.of("name", n)).toList());
    }

    public HerdManifest edges(String pairs) {
        return with("edges", words(pairs).map(HerdManifest::edge).toList());
    }

    HerdManifest image(String image) {
        return with("image", image);
    }

    /** Settings of one server's pod. */
    HerdManifest pod(String server, Map<String, Object> pod) {
        List<Object> changed = new ArrayList<>();
        for (Object entry : (List<?>) spec.get("servers")) {
            changed.add(((Map<?, ?>) entry).get("name").equals(server) ? Map.of("name", server, "pod", pod) : entry);
        }
        return with("servers", changed);
    }

    /** With a change that no pod can live through: each must be replaced. */
    HerdManifest ofOtherPods() {
        return requestingCpu("11m");
    }

    /** For each of its pods; fifty of the default don't fit on a machine of two processors. */
    public HerdManifest requestingCpu(String quantity) {
        return with("pod", Map.of("resources", Map.of("requests", Map.of("cpu", quantity))));
    }

    public HerdManifest with(String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(spec);
        changed.put(member, value);
        return new HerdManifest(name, changed);
    }

    public List<String> serverNames() {
        return ((List<?>) spec.get("servers"))
                .stream().map(s -> (String) ((Map<?, ?>) s).get("name")).toList();
    }

    int edgeCount() {
        return ((List<?>) spec.getOrDefault("edges", List.of())).size();
    }

    /** The two names of each edge. */
    List<String[]> edgePairs() {
        return ((List<?>) spec.getOrDefault("edges", List.of()))
                .stream()
                        .map(e -> (Map<?, ?>) e)
                        .map(e -> new String[] {(String) e.get("a"), (String) e.get("b")})
                        .toList();
    }

    public GenericKubernetesResource in(String namespace) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("serverherd.io/v1alpha1")
                .withKind("ServerHerd")
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    private static Map<String, Object> edge(String pair) {
        int dash = pair.indexOf('-');
        return Map.of("a", pair.substring(0, dash), "b", pair.substring(dash + 1));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+"));
    }
}
