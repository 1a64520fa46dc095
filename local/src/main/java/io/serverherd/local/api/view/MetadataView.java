package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.store.Listing;

/** Metadata only: {@code PartialObjectMetadata}. */
final class MetadataView implements View {

    static final String API_VERSION = "meta.k8s.io/v1";

    @Override
    public ObjectNode object(ObjectNode served) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", API_VERSION);
        partial.set("metadata", served.path("metadata"));
        return partial;
    }

    @Override
    public ObjectNode list(Listing listing) {
        ObjectNode list = Json.object().put("kind", "PartialObjectMetadataList").put("apiVersion", API_VERSION);
        list.putObject("metadata").put("resourceVersion", Long.toString(listing.version()));
        ArrayNode items = list.putArray("items");
        listing.objects().forEach(object -> items.add(object(object)));
        return list;
    }
}
