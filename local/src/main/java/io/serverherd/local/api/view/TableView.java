package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.PrinterColumn;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.Listing;
import java.time.Clock;
import java.util.List;

/** Objects as rows of a {@code Table}. */
final class TableView implements View {

    private final Columns columns;
    private final String includeObject;
    private final MetadataView metadata = new MetadataView();
    private boolean headed;

    /** @param includeObject what each row carries beside its cells: {@code None}, {@code Metadata} or {@code Object} */
    TableView(ResourceType type, String includeObject, Clock clock) {
        this.columns = type.custom() ? new CustomColumns(type.columns(), clock) : BuiltInColumns.of(type, clock);
        this.includeObject = includeObject;
    }

    @Override
    public ObjectNode object(ObjectNode served) {
        String version = served.path("metadata").path("resourceVersion").asText();
        return table(List.of(served), version);
    }

    @Override
    public ObjectNode list(Listing listing) {
        return table(listing.objects(), Long.toString(listing.version()));
    }

    /** In a watch only the first table has its columns described. */
    private ObjectNode table(List<ObjectNode> objects, String version) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", MetadataView.API_VERSION);
        table.putObject("metadata").put("resourceVersion", version);
        ArrayNode definitions = table.putArray("columnDefinitions");
        if (!headed) {
            columns.definitions().forEach(column -> definitions.add(definition(column)));
            headed = true;
        }
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> rows.add(row(object)));
        return table;
    }

    private static ObjectNode definition(PrinterColumn column) {
        return Json.object()
                .put("name", column.name())
                .put("type", column.type())
                .put("format", column.format())
                .put("description", column.description())
                .put("priority", column.priority());
    }

    private ObjectNode row(ObjectNode object) {
        ObjectNode row = Json.object();
        ArrayNode cells = row.putArray("cells");
        columns.cells(object).forEach(cells::addPOJO);
        switch (includeObject) {
            case "None" -> row.putNull("object");
            case "Object" -> row.set("object", object);
            default -> row.set("object", metadata.object(object));
        }
        return row;
    }
}
