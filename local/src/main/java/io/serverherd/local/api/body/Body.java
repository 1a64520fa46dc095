package io.serverherd.local.api.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.json.Json;
import java.io.IOException;
import java.util.List;

/**
 * A decoded request body.
 *
 * @param duplicates paths of fields that were given more than once; the last one counts
 */
public record Body(JsonNode content, List<String> duplicates) {

    private static final ObjectMapper JSON = new JsonMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /**
     * An object to store.
     *
     * @throws ApiException 400 when it cannot be decoded, 415 when its media type is unknown
     */
    public static Body object(ApiRequest request) {
        return switch (request.contentType()) {
            case "application/json", "" -> requireObject(text(request, JSON));
            case "application/yaml" -> requireObject(text(request, YAML));
            case "application/vnd.kubernetes.protobuf" -> new Body(ProtobufBody.decode(request.body()), List.of());
            default -> throw ApiException.unsupportedMediaType(ACCEPTED);
        };
    }

    /** A patch, whose media type says what it does; YAML is read too, of which JSON is a part. */
    public static Body patch(ApiRequest request) {
        return text(request, request.contentType().endsWith("+yaml") ? YAML : JSON);
    }

    /** An optional body such as DeleteOptions; empty when there is none. */
    public static ObjectNode options(ApiRequest request) {
        return request.body().length == 0 ? Json.object() : object(request).asObject();
    }

    public ObjectNode asObject() {
        return requireObject(this).content instanceof ObjectNode object ? object : Json.object();
    }

    private static Body requireObject(Body body) {
        if (!body.content.isObject()) {
            throw ApiException.badRequest("the request body must be an object");
        }
        return body;
    }

    private static Body text(ApiRequest request, ObjectMapper mapper) {
        try {
            return new Body(mapper.readTree(request.body()), DuplicateFields.of(mapper, request.body()));
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("error decoding the request body: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest("error reading the request body: " + e.getMessage());
        }
    }
}
