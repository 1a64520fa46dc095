package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.Listing;

/** Objects as they are. */
final class ObjectView implements View {

    private final ResourceType type;

    ObjectView(ResourceType type) {
        this.type = type;
    }

    @Override
    public ObjectNode object(ObjectNode served) {
        return served;
    }

    @Override
    public ObjectNode list(Listing listing) {
        ObjectNode list = Json.object().put("kind", type.names().listKind()).put("apiVersion", type.apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(listing.version()));
        ArrayNode items = list.putArray("items");
        listing.objects().forEach(items::add);
        return list;
    }
}
