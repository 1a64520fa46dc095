package io.serverherd.local.api.select;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.kind.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field selector in its text form: {@code metadata.name=a,status.phase!=Running}. */
public final class FieldSelector {

    private static final Pattern REQUIREMENT = Pattern.compile("([A-Za-z0-9.]+)(==|!=|=)(.*)");

    private static final Set<String> OF_ALL = Set.of("metadata.name", "metadata.namespace");

    /** What a kind can be selected by beside name and namespace. */
    private static final Map<String, Set<String>> BY_PLURAL = Map.of(
            "pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
            "events",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
            "namespaces", Set.of("status.phase"),
            "nodes", Set.of("spec.unschedulable"),
            "secrets", Set.of("type"));

    private FieldSelector() {}

    /**
     * A test on a stored object.
     *
     * @throws ApiException 400 when the text is no selector, or names a field the kind cannot be selected by
     */
    public static Predicate<JsonNode> parse(String text, ResourceType type) {
        List<Predicate<JsonNode>> requirements = new ArrayList<>();
        for (String requirement : text.isBlank() ? new String[0] : text.split(",")) {
            requirements.add(requirement(requirement.trim(), type));
        }
        return object -> requirements.stream().allMatch(requirement -> requirement.test(object));
    }

    private static Predicate<JsonNode> requirement(String text, ResourceType type) {
        Matcher match = REQUIREMENT.matcher(text);
        if (!match.matches()) {
            throw ApiException.badRequest("invalid selector: '%s'; can't understand '%s'".formatted(text, text));
        }
        String field = match.group(1);
        Set<String> ofKind = type.custom() ? Set.of() : BY_PLURAL.getOrDefault(type.plural(), Set.of());
        if (!OF_ALL.contains(field) && !ofKind.contains(field)) {
            throw ApiException.badRequest("field label not supported: " + field);
        }
        JsonPointer pointer =
                JsonPointer.compile(field.equals("source") ? "/source/component" : "/" + field.replace('.', '/'));
        String value = match.group(3);
        Predicate<JsonNode> equal = object -> object.at(pointer).asText("").equals(value);
        return match.group(2).equals("!=") ? equal.negate() : equal;
    }
}
