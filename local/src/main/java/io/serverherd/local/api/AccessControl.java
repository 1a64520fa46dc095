package io.serverherd.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverherd.local.api.body.Body;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Target;
import java.util.ArrayList;
import java.util.List;

/** Asks the rules about a request: for the right to its own verb, and to what it brings about. */
final class AccessControl {

    private final TypeRegistry types;
    private final Reading reading;
    private final Access.Rules rules;

    AccessControl(TypeRegistry types, Reading reading, Access.Rules rules) {
        this.types = types;
        this.reading = reading;
        this.rules = rules;
    }

    /** @throws ApiException 403 when a right is missing */
    void require(Target target, ApiRequest request) {
        for (Access access : needed(target, request)) {
            if (!rules.allow(access)) {
                throw ApiException.forbidden(target.type(), target.name(), access.refusal());
            }
        }
    }

    /** Whether an access would be allowed that somebody asks about. */
    boolean wouldAllow(Access access) {
        return rules.wouldAllow(access);
    }

    private List<Access> needed(Target target, ApiRequest request) {
        String subresource = target.subresource().isEmpty() ? "" : "/" + target.subresource();
        String resource = target.type().names().plural() + subresource;
        List<Access> needed = new ArrayList<>();
        needed.add(access(request, verb(target, request), target.type(), resource, target.namespace(), target.name()));
        if (isApply(request) && subresource.isEmpty() && !reading.exists(target)) {
            needed.add(access(request, "create", target.type(), resource, target.namespace(), target.name()));
        }
        if (isApply(request) || request.method().equals("POST")) {
            needed.addAll(blockedOwners(target, request));
        }
        return needed;
    }

    /** Who holds up the deletion of an owner must be allowed to set its finalizers, where the cluster enforces that. */
    private List<Access> blockedOwners(Target target, ApiRequest request) {
        List<Access> needed = new ArrayList<>();
        Body body = isApply(request) ? Body.patch(request) : Body.object(request);
        for (JsonNode owner : body.content().at("/metadata/ownerReferences")) {
            if (owner.path("blockOwnerDeletion").asBoolean()) {
                String name = owner.path("name").asText();
                types.ofKind(
                                owner.path("apiVersion").asText(),
                                owner.path("kind").asText())
                        .map(type -> access(
                                request,
                                "update",
                                type,
                                type.names().plural() + "/finalizers",
                                target.namespace(),
                                name))
                        .ifPresent(needed::add);
            }
        }
        return needed;
    }

    private static boolean isApply(ApiRequest request) {
        return request.method().equals("PATCH") && request.contentType().startsWith("application/apply-patch");
    }

    private static String verb(Target target, ApiRequest request) {
        boolean collection = target.name().isEmpty();
        return switch (request.method()) {
            case "GET" -> !collection ? "get" : request.flag("watch") ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> "patch";
        };
    }

    private static Access access(
            ApiRequest request, String verb, ResourceType type, String resource, String namespace, String name) {
        return new Access(request.agent(), verb, type.group(), resource, namespace, name);
    }
}
