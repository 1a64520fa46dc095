package io.serverherd.operator.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every object of a namespace, of whatever kind, without what tells when and by which machine it was made: two lives that
 * ended alike have equal ones, to the byte. Generations, revisions and who owns which field are compared too, for they count
 * the writes.
 */
record EndState(Map<String, String> objects) {
    private static final String OPERATOR = "serverherd-operator";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /**
     * Events are a courtesy: one that the operator had no time to tell is not told. Endpoints are the addresses of pods, and
     * are named at random.
     */
    private static final Set<String> NOT_COMPARED = Set.of("Event", "Endpoints", "EndpointSlice");

    /** Another in each life: of identity, of time, and of where the cluster found room. */
    private static final Set<String> OF_THIS_LIFE = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "lastTransitionTime",
            "startTime",
            "startedAt",
            "time",
            "containerID",
            "podIP",
            "podIPs",
            "clusterIP",
            "clusterIPs");

    /** How managedFields call the entry of an owner; what follows is its UID. */
    private static final String OWNER = "k:{\"uid\":";

    private static final Set<String> UNORDERED = Set.of("conditions", "managedFields");

    /** A touch of a pod only saves time: none is needed where the kubelet happened to look in between. */
    private static final Set<String> TOUCHES = Set.of("serverherd.io/config-hash", "serverherd.io/config-touched");

    static EndState of(KubernetesClient client, String namespace) {
        Map<String, String> objects = new TreeMap<>();
        for (ResourceDefinitionContext kind : kinds(client)) {
            for (GenericKubernetesResource object : client.genericKubernetesResources(kind)
                    .inNamespace(namespace)
                    .list()
                    .getItems()) {
                objects.put(kind.getKind() + "/" + object.getMetadata().getName(), normal(JSON.valueToTree(object)));
            }
        }
        return new EndState(objects);
    }

    /** All that can be made in a namespace. */
    private static List<ResourceDefinitionContext> kinds(KubernetesClient client) {
        Map<String, String> versions = new HashMap<>(Map.of("v1", ""));
        for (APIGroup group : client.getApiGroups().getGroups()) {
            versions.put(group.getPreferredVersion().getGroupVersion(), group.getName());
        }
        List<ResourceDefinitionContext> kinds = new ArrayList<>();
        versions.forEach((version, group) -> {
            for (APIResource resource : client.getApiResources(version).getResources()) {
                if (resource.getNamespaced()
                        && resource.getVerbs().containsAll(List.of("list", "create"))
                        && !NOT_COMPARED.contains(resource.getKind())) {
                    kinds.add(new ResourceDefinitionContext.Builder()
                            .withGroup(group)
                            .withVersion(version.substring(version.indexOf('/') + 1))
                            .withKind(resource.getKind())
                            .withPlural(resource.getName())
                            .withNamespaced(true)
                            .build());
                }
            }
        });
        return kinds;
    }

    private static String normal(ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        boolean pod = object.path("kind").asText().equals("Pod");
        if (pod && metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(TOUCHES);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        if (object.path("kind").asText().equals("Secret")) {
            // Keys are random.
            List.copyOf(names((ObjectNode) object.path("data")))
                    .forEach(name -> ((ObjectNode) object.path("data")).put(name, "set"));
        }
        metadata.set("managedFields", owners(metadata.path("managedFields"), pod));
        return text(withoutThisLife(object));
    }

    /** Who owns what; of a status only the operator, for the others' fields are named after addresses. */
    private static ArrayNode owners(JsonNode managedFields, boolean pod) {
        ArrayNode owners = JSON.createArrayNode();
        for (JsonNode entry : managedFields) {
            boolean operator = entry.path("manager").asText().equals(OPERATOR);
            boolean ofStatus = !entry.path("subresource").asText().isEmpty();
            if (operator ? !pod : !ofStatus) {
                owners.add(entry);
            }
        }
        return owners;
    }

    private static JsonNode withoutThisLife(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_THIS_LIFE);
            ObjectNode result = JSON.createObjectNode();
            new TreeSet<>(names(object)).forEach(name -> {
                JsonNode member = withoutThisLife(object.get(name));
                result.set(name.startsWith(OWNER) ? OWNER : name, UNORDERED.contains(name) ? sorted(member) : member);
            });
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = JSON.createArrayNode();
            array.forEach(element -> result.add(withoutThisLife(element)));
            return result;
        }
        return node;
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode sorted(JsonNode list) {
        Map<String, JsonNode> byText = new TreeMap<>();
        list.forEach(element -> byText.put(text(element), element));
        return JSON.createArrayNode().addAll(byText.values());
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is not as in another: a line for each line of an object that only one of both has. */
    List<String> differencesFrom(EndState expected) {
        Set<String> names = new TreeSet<>(objects.keySet());
        names.addAll(expected.objects.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            Set<String> is = lines(objects.get(name));
            Set<String> was = lines(expected.objects.get(name));
            if (!objects.getOrDefault(name, "").equals(expected.objects.getOrDefault(name, ""))) {
                differences.add(name + ": has " + without(is, was) + " and should have " + without(was, is));
            }
        }
        return differences;
    }

    private static Set<String> lines(String object) {
        return object == null ? Set.of("nothing") : new TreeSet<>(object.lines().toList());
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }
}
