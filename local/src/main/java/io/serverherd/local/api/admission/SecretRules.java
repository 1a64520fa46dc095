package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** {@code stringData} is a way to write {@code data}; it is never stored. A type may ask for keys. */
final class SecretRules implements KindRules {

    @Override
    public void complete(ObjectNode secret, ObjectNode live) {
        Defaults.text(secret, "type", "Opaque");
        JsonNode plain = secret.remove("stringData");
        if (plain != null) {
            ObjectNode data = Json.child(secret, "data");
            plain.properties().forEach(entry -> data.put(entry.getKey(), encoded(entry.getValue())));
        }
    }

    @Override
    public List<FieldError> check(ObjectNode secret, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>();
        if (live != null) {
            errors.addAll(Defaults.unchanged(secret, live, "", "type"));
        }
        errors.addAll(FrozenData.changes(secret, live, "data"));
        if (secret.path("type").asText().equals("kubernetes.io/tls")) {
            errors.addAll(missing(secret.path("data"), "tls.crt", "tls.key"));
        }
        return errors;
    }

    /** A key that is there may be empty. */
    private static List<FieldError> missing(JsonNode data, String... keys) {
        return Stream.of(keys)
                .filter(key -> !data.has(key))
                .map(key -> new FieldError("data[" + key + "]", FieldError.Type.REQUIRED, null, ""))
                .toList();
    }

    private static String encoded(JsonNode text) {
        return Base64.getEncoder().encodeToString(text.asText().getBytes(StandardCharsets.UTF_8));
    }
}
