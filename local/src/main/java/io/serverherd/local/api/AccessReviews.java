package io.serverherd.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import java.util.List;

/** Who may do what: on loopback, for one user, everybody may do everything that no rule of access forbids. */
final class AccessReviews {

    static final String GROUP = "authorization.k8s.io";

    private AccessReviews() {}

    static Reply review(ApiRequest request, AccessControl control) {
        ObjectNode review = Body.object(request).asObject();
        ObjectNode status = review.putObject("status");
        if (review.path("kind").asText().endsWith("RulesReview")) {
            status.put("incomplete", false);
            ObjectNode everything = status.putArray("resourceRules").addObject();
            List.of("verbs", "apiGroups", "resources")
                    .forEach(member -> everything.putArray(member).add("*"));
            ObjectNode everywhere = status.putArray("nonResourceRules").addObject();
            List.of("verbs", "nonResourceURLs")
                    .forEach(member -> everywhere.putArray(member).add("*"));
        } else {
            status.put("allowed", isAllowed(review.at("/spec/resourceAttributes"), request.agent(), control));
        }
        return new Reply.Document(201, review, List.of());
    }

    private static boolean isAllowed(JsonNode attributes, String agent, AccessControl control) {
        String subresource = attributes.path("subresource").asText();
        return control.wouldAllow(new Access(
                agent,
                attributes.path("verb").asText(),
                attributes.path("group").asText(),
                attributes.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                attributes.path("namespace").asText(),
                attributes.path("name").asText()));
    }
}
