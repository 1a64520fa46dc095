package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.PrinterColumn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The columns a definition declares, after the name. */
final class CustomColumns implements Columns {

    private final List<PrinterColumn> columns;
    private final List<JsonPath> paths;
    private final Clock clock;

    CustomColumns(List<PrinterColumn> columns, Clock clock) {
        this.columns = columns;
        this.paths =
                columns.stream().map(column -> JsonPath.parse(column.path())).toList();
        this.clock = clock;
    }

    @Override
    public List<PrinterColumn> definitions() {
        List<PrinterColumn> definitions = new ArrayList<>();
        definitions.add(NAME);
        definitions.addAll(columns);
        return definitions;
    }

    @Override
    public List<Object> cells(ObjectNode object) {
        List<Object> cells = new ArrayList<>();
        cells.add(object.path("metadata").path("name").asText());
        for (int i = 0; i < columns.size(); i++) {
            JsonNode value = paths.get(i).first(object).orElse(null);
            cells.add(cell(columns.get(i).type(), value));
        }
        return cells;
    }

    /** A value of another type than its column's is not shown. */
    private Object cell(String type, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return switch (type) {
            case "string" -> value.isValueNode() ? value.asText() : Json.text(value);
            case "integer" -> value.isNumber() ? value.asLong() : null;
            case "number" -> value.isNumber() ? value.asDouble() : null;
            case "boolean" -> value.isBoolean() ? value.asBoolean() : null;
            case "date" -> value.isTextual() ? Age.of(value.asText(), clock) : null;
            default -> null;
        };
    }
}
