package io.serverherd.local.api.select;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.kind.ResourceType;
import java.util.function.Predicate;

/** The selectors of a request as one test on stored objects. */
public record Selection(Predicate<JsonNode> test) {

    /** @throws io.serverherd.local.api.error.ApiException 400 when a selector cannot be read */
    public static Selection of(ApiRequest request, ResourceType type) {
        Predicate<JsonNode> labels =
                LabelSelector.parse(request.parameter("labelSelector").orElse(""));
        Predicate<JsonNode> fields =
                FieldSelector.parse(request.parameter("fieldSelector").orElse(""), type);
        return new Selection(
                fields.and(object -> labels.test(object.path("metadata").path("labels"))));
    }

    public boolean selects(JsonNode object) {
        return test.test(object);
    }
}
