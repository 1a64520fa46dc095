package io.serverherd.local.api.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.serverherd.local.api.kind.ResourceType;
import java.util.ArrayList;
import java.util.List;

/** Which verbs are offered where. */
final class Verbs {

    /**
     * @param name empty for the object itself
     * @param kind what its bodies are
     */
    record Subresource(String name, String group, String version, String kind, List<String> verbs) {}

    private static final List<String> OF_OBJECTS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> OF_DOORS = List.of("get", "patch", "update");

    private Verbs() {}

    static void ofObjects(ResourceType type, ArrayNode verbs) {
        OF_OBJECTS.stream()
                .filter(verb -> !(verb.equals("deletecollection") && type.is("", "namespaces")))
                .forEach(verbs::add);
    }

    static List<Subresource> subresources(ResourceType type) {
        List<Subresource> subresources = new ArrayList<>();
        if (type.subresources().others().contains("log")) {
            subresources.add(new Subresource("log", "", "v1", "Pod", List.of("get")));
        }
        if (type.subresources().others().contains("portforward")) {
            subresources.add(
                    new Subresource("portforward", "", "v1", "PodPortForwardOptions", List.of("create", "get")));
        }
        if (type.subresources().scale().isPresent()) {
            subresources.add(new Subresource("scale", "autoscaling", "v1", "Scale", OF_DOORS));
        }
        if (type.subresources().status()) {
            subresources.add(new Subresource("status", type.group(), type.version(), type.kind(), OF_DOORS));
        }
        return subresources;
    }
}
