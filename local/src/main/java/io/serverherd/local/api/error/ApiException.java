package io.serverherd.local.api.error;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.patch.ApplyConflictException;
import io.serverherd.local.patch.PatchException;
import io.serverherd.local.schema.FieldError;
import java.util.List;

/** A refusal, which the client gets as a Status object with its HTTP code. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public int code() {
        return code;
    }

    /** The answer's body. */
    public ObjectNode status() {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (details != null) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message, null);
    }

    public static ApiException forbidden(ResourceType type, String name, String why) {
        return new ApiException(
                403,
                "Forbidden",
                "%s \"%s\" is forbidden: %s".formatted(type.qualifiedPlural(), name, why),
                details(type, name));
    }

    /** No such path. */
    public static ApiException unknownPath() {
        return new ApiException(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    public static ApiException notFound(ResourceType type, String name) {
        return new ApiException(
                404, "NotFound", "%s \"%s\" not found".formatted(type.qualifiedPlural(), name), details(type, name));
    }

    public static ApiException methodNotAllowed() {
        return new ApiException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    public static ApiException alreadyExists(ResourceType type, String name) {
        return new ApiException(
                409,
                "AlreadyExists",
                "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name),
                details(type, name));
    }

    public static ApiException conflict(ResourceType type, String name, String why) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualifiedPlural(), name, why),
                details(type, name));
    }

    /** Another field manager owns what an apply would change. */
    public static ApiException applyConflict(ApplyConflictException conflict) {
        ObjectNode details = Json.object();
        conflict.causes().forEach(cause -> details.withArray("causes")
                .addObject()
                .put("reason", "FieldManagerConflict")
                .put("message", cause.message())
                .put("field", cause.field()));
        return new ApiException(409, "Conflict", conflict.getMessage(), details);
    }

    /** The object is new: what is said of it by a writer that expects another one. */
    public static ApiException modified(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiException expired(String message) {
        return new ApiException(410, "Expired", message, null);
    }

    public static ApiException unsupportedMediaType(String accepted) {
        return new ApiException(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted,
                null);
    }

    public static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
        ObjectNode details = Json.object().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.kind());
        errors.forEach(error -> details.withArray("causes")
                .addObject()
                .put("reason", error.type().reason())
                .put("message", error.body())
                .put("field", error.path().isEmpty() ? "<nil>" : error.path()));
        return new ApiException(
                422,
                "Invalid",
                "%s \"%s\" is invalid: %s".formatted(type.qualifiedKind(), name, FieldError.summary(errors)),
                details);
    }

    public static ApiException of(PatchException fault) {
        return new ApiException(fault.reason().code(), fault.reason().text(), fault.getMessage(), null);
    }

    /** Something of ours broke. */
    public static ApiException internal(Throwable cause) {
        return new ApiException(500, "InternalError", "Internal error occurred: " + cause, null);
    }

    private static ObjectNode details(ResourceType type, String name) {
        ObjectNode details = Json.object().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }
}
