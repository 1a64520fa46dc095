package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import java.util.Optional;

/**
 * How a deletion is meant.
 *
 * @param gracePeriodSeconds empty: what the pod itself says
 * @param uid delete only the object that has it
 * @param resourceVersion delete only while the object has it
 */
public record DeleteOptions(
        boolean dryRun,
        Optional<Long> gracePeriodSeconds,
        Propagation propagation,
        Optional<String> uid,
        Optional<String> resourceVersion) {

    /** What becomes of the objects it owns. */
    public enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    /** A deletion the server itself decides on, of exactly that object. */
    public static DeleteOptions ofUid(String uid) {
        return new DeleteOptions(false, Optional.empty(), Propagation.BACKGROUND, Optional.of(uid), Optional.empty());
    }

    /** Body and query parameters together; the query wins. */
    public static DeleteOptions of(ApiRequest request) {
        JsonNode body = Body.options(request);
        return new DeleteOptions(
                WriteOptions.of(request).dryRun() || !body.path("dryRun").isEmpty(),
                request.number("gracePeriodSeconds").or(() -> Optional.ofNullable(body.get("gracePeriodSeconds"))
                        .map(JsonNode::asLong)),
                propagation(
                        request.parameter("propagationPolicy")
                                .orElse(body.path("propagationPolicy").asText("")),
                        body.path("orphanDependents").asBoolean()),
                text(body.at("/preconditions/uid")),
                text(body.at("/preconditions/resourceVersion")));
    }

    private static Propagation propagation(String text, boolean orphan) {
        return switch (text) {
            case "" -> orphan ? Propagation.ORPHAN : Propagation.BACKGROUND;
            case "Background" -> Propagation.BACKGROUND;
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default ->
                throw ApiException.badRequest(
                        "invalid propagationPolicy \"" + text + "\": use Background, Foreground or Orphan");
        };
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(text -> !text.isEmpty() && !node.isNull());
    }
}
