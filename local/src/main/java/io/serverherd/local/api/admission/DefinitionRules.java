package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.CustomTypes;
import io.serverherd.local.schema.FieldError;
import io.serverherd.local.schema.InvalidSchemaException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A definition that can be compiled is served at once: it is established as soon as it is stored. */
final class DefinitionRules implements KindRules {

    private final Clock clock;

    DefinitionRules(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void complete(ObjectNode definition, ObjectNode live) {
        ObjectNode spec = Json.child(definition, "spec");
        ObjectNode names = Json.child(spec, "names");
        String kind = names.path("kind").asText();
        Defaults.text(names, "singular", kind.toLowerCase(Locale.ROOT));
        Defaults.text(names, "listKind", kind + "List");
        Defaults.text(Json.child(spec, "conversion"), "strategy", "None");
        ObjectNode status = Json.child(definition, "status");
        status.set("acceptedNames", names.deepCopy());
        if (!status.has("conditions")) {
            ArrayNode conditions = status.putArray("conditions");
            condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found");
            condition(conditions, "Established", "InitialNamesAccepted", "the initial names have been accepted");
        }
        ArrayNode stored = status.withArray("storedVersions");
        Defaults.each(spec.path("versions"))
                .filter(version -> version.path("storage").asBoolean())
                .map(version -> version.path("name").asText())
                .filter(name -> !stored.toString().contains("\"" + name + "\""))
                .forEach(stored::add);
    }

    private void condition(ArrayNode conditions, String type, String reason, String message) {
        conditions
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put(
                        "lastTransitionTime",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reason", reason)
                .put("message", message);
    }

    @Override
    public List<FieldError> check(ObjectNode definition, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode spec = definition.path("spec");
        String name = definition.at("/metadata/name").asText();
        String expected =
                spec.at("/names/plural").asText() + "." + spec.path("group").asText();
        if (!name.equals(expected)) {
            errors.add(new FieldError(
                    "metadata.name",
                    FieldError.Type.INVALID,
                    definition.at("/metadata/name"),
                    "must be spec.names.plural+\".\"+spec.group"));
        }
        try {
            CustomTypes.of(definition);
        } catch (InvalidSchemaException e) {
            errors.add(new FieldError("spec.versions", FieldError.Type.INVALID, null, e.getMessage()));
        }
        return errors;
    }
}
