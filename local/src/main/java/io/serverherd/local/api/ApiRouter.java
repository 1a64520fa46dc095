package io.serverherd.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.discovery.AggregatedDiscovery;
import io.serverherd.local.api.discovery.Discovery;
import io.serverherd.local.api.discovery.OpenApi;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.BadParameterException;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.json.Json;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a path is: health, discovery, schemas, or objects. Turns refusals into Status replies. */
final class ApiRouter implements Function<ApiRequest, Reply> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);

    private final Discovery discovery;
    private final AggregatedDiscovery aggregated;
    private final OpenApi openApi;
    private final ObjectRoutes objects;

    ApiRouter(Discovery discovery, AggregatedDiscovery aggregated, OpenApi openApi, ObjectRoutes objects) {
        this.discovery = discovery;
        this.aggregated = aggregated;
        this.openApi = openApi;
        this.objects = objects;
    }

    @Override
    public Reply apply(ApiRequest request) {
        try {
            return route(request);
        } catch (ApiException e) {
            return new Reply.Document(e.code(), e.status(), List.of());
        } catch (BadParameterException e) {
            ApiException refusal = ApiException.badRequest(e.getMessage());
            return new Reply.Document(refusal.code(), refusal.status(), List.of());
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("event", "request_failed")
                    .addKeyValue("method", request.method())
                    .addKeyValue("path", request.path())
                    .log();
            ApiException internal = ApiException.internal(e);
            return new Reply.Document(internal.code(), internal.status(), List.of());
        }
    }

    private Reply route(ApiRequest request) {
        List<String> path = List.of(request.path().replaceAll("^/+|/+$", "").split("/+"));
        return switch (path.get(0)) {
            case "livez", "readyz", "healthz" -> new Reply.Text(200, "ok");
            case "version" -> Reply.ok(version());
            case "openapi" -> openApi(path);
            case "api" ->
                path.size() <= 2
                        ? coreDiscovery(path, request)
                        : objects.route("", path.subList(1, path.size()), request);
            case "apis" ->
                path.size() <= 3
                        ? groupDiscovery(path, request)
                        : objects.route(path.get(1), path.subList(2, path.size()), request);
            default -> new Reply.Text(404, "404 page not found\n");
        };
    }

    private Reply coreDiscovery(List<String> path, ApiRequest request) {
        if (path.size() == 2) {
            return Reply.ok(discovery.resources("", path.get(1)));
        }
        return AggregatedDiscovery.isAskedFor(request.accept())
                ? aggregated(aggregated.core())
                : Reply.ok(discovery.coreVersions());
    }

    private Reply groupDiscovery(List<String> path, ApiRequest request) {
        if (path.size() == 1) {
            return AggregatedDiscovery.isAskedFor(request.accept())
                    ? aggregated(aggregated.groups())
                    : Reply.ok(discovery.groups());
        }
        return Reply.ok(
                path.size() == 2 ? discovery.group(path.get(1)) : discovery.resources(path.get(1), path.get(2)));
    }

    private static Reply aggregated(ObjectNode document) {
        return new Reply.Document(200, AggregatedDiscovery.CONTENT_TYPE, document, List.of());
    }

    /** Version 2 of OpenAPI is protobuf and not served; clients fall back to 3. */
    private Reply openApi(List<String> path) {
        if (path.equals(List.of("openapi", "v3"))) {
            return Reply.ok(openApi.index());
        }
        if (path.size() == 4 && path.get(2).equals("api")) {
            return Reply.ok(openApi.document("", path.get(3)));
        }
        if (path.size() == 5 && path.get(2).equals("apis")) {
            return Reply.ok(openApi.document(path.get(3), path.get(4)));
        }
        throw ApiException.unknownPath();
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "32")
                .put("gitVersion", "v1.32.0-serverherd.local")
                .put("platform", System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT));
    }
}
