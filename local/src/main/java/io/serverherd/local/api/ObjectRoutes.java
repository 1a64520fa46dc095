package io.serverherd.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.TypeRegistry;
import io.serverherd.local.api.pods.PodRoutes;
import io.serverherd.local.api.select.Selection;
import io.serverherd.local.api.store.Listing;
import io.serverherd.local.api.verb.DeleteOptions;
import io.serverherd.local.api.verb.Deleting;
import io.serverherd.local.api.verb.Outcome;
import io.serverherd.local.api.verb.Reading;
import io.serverherd.local.api.verb.Scaling;
import io.serverherd.local.api.verb.Target;
import io.serverherd.local.api.verb.Writing;
import io.serverherd.local.api.view.View;
import io.serverherd.local.api.watch.Watches;
import java.time.Clock;
import java.util.List;

/**
 * Brings each request for objects to its verb.
 *
 * <pre>
 * VERSION/[namespaces/NAMESPACE/]PLURAL[/NAME[/SUBRESOURCE]]
 * </pre>
 */
final class ObjectRoutes {

    private final TypeRegistry types;
    private final Reading reading;
    private final Writing writing;
    private final Deleting deleting;
    private final Scaling scaling;
    private final Watches watches;
    private final PodRoutes pods;
    private final AccessControl access;
    private final Clock clock;

    ObjectRoutes(
            TypeRegistry types,
            Reading reading,
            Writing writing,
            Deleting deleting,
            Scaling scaling,
            Watches watches,
            PodRoutes pods,
            AccessControl access,
            Clock clock) {
        this.types = types;
        this.reading = reading;
        this.writing = writing;
        this.deleting = deleting;
        this.scaling = scaling;
        this.watches = watches;
        this.pods = pods;
        this.access = access;
        this.clock = clock;
    }

    /** @param path what follows the group */
    Reply route(String group, List<String> path, ApiRequest request) {
        if (group.equals(AccessReviews.GROUP) && request.method().equals("POST")) {
            return AccessReviews.review(request, access);
        }
        Target target = target(group, path);
        access.require(target, request);
        if (target.name().isEmpty()) {
            return collection(target, request);
        }
        return switch (target.subresource()) {
            case "" -> object(target, request);
            case "status" -> status(target, request);
            case "scale" -> scale(target, request);
            default -> pods.route(target, request);
        };
    }

    private Target target(String group, List<String> path) {
        String version = path.get(0);
        List<String> rest = path.subList(1, path.size());
        String namespace = "";
        if (rest.size() > 2 && rest.get(0).equals("namespaces") && isNamespaced(group, version, rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        if (rest.size() > 3) {
            throw ApiException.unknownPath();
        }
        ResourceType type = types.find(group, version, rest.get(0)).orElseThrow(ApiException::unknownPath);
        String name = rest.size() > 1 ? rest.get(1) : "";
        if (type.namespaced() && namespace.isEmpty() && !name.isEmpty()) {
            throw ApiException.unknownPath();
        }
        return new Target(type, namespace, name, rest.size() > 2 ? rest.get(2) : "");
    }

    /** {@code namespaces/x/status} is a subresource, {@code namespaces/x/pods} a collection. */
    private boolean isNamespaced(String group, String version, String plural) {
        return types.find(group, version, plural).map(ResourceType::namespaced).orElse(false);
    }

    private Reply collection(Target target, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> request.flag("watch") ? watches.watch(target, request) : list(target, request);
            case "POST" -> shown(writing.create(target, request), target, request);
            case "DELETE" -> {
                Selection selection = Selection.of(request, target.type());
                Listing deleted = deleting.deleteCollection(target, selection, DeleteOptions.of(request));
                yield Reply.ok(View.of(request, target.type(), clock).list(deleted));
            }
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Reply list(Target target, ApiRequest request) {
        Listing listing = reading.list(target, Selection.of(request, target.type()));
        return Reply.ok(View.of(request, target.type(), clock).list(listing));
    }

    private Reply object(Target target, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> get(target, request);
            case "PUT" -> shown(writing.update(target, request), target, request);
            case "PATCH" -> shown(writing.patch(target, request), target, request);
            case "DELETE" -> shown(deleting.delete(target, DeleteOptions.of(request)), target, request);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Reply status(Target target, ApiRequest request) {
        if (!target.type().subresources().status()) {
            throw ApiException.unknownPath();
        }
        return switch (request.method()) {
            case "GET" -> get(target, request);
            case "PUT" -> shown(writing.update(target, request), target, request);
            case "PATCH" -> shown(writing.patch(target, request), target, request);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Reply scale(Target target, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> Reply.ok(scaling.get(target));
            case "PUT" -> document(scaling.update(target, request));
            case "PATCH" -> document(scaling.patch(target, request));
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Reply get(Target target, ApiRequest request) {
        return Reply.ok(View.of(request, target.type(), clock).object(reading.get(target)));
    }

    private Reply shown(Outcome outcome, Target target, ApiRequest request) {
        ObjectNode object = outcome.object();
        boolean status = object.path("kind").asText().equals("Status");
        ObjectNode shown =
                status ? object : View.of(request, target.type(), clock).object(object);
        return new Reply.Document(outcome.code(), shown, outcome.warnings());
    }

    private static Reply document(Outcome outcome) {
        return new Reply.Document(outcome.code(), outcome.object(), outcome.warnings());
    }
}
