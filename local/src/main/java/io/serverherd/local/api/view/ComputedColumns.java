package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.kind.PrinterColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Columns each computed from the object; built like a sentence, from left to right. */
final class ComputedColumns implements Columns {

    private final List<PrinterColumn> definitions = new ArrayList<>();
    private final List<Function<JsonNode, Object>> cells = new ArrayList<>();

    ComputedColumns() {
        add(NAME, object -> object.path("metadata").path("name").asText());
    }

    /** A column that is always shown. */
    ComputedColumns with(String name, Function<JsonNode, Object> cell) {
        return add(new PrinterColumn(name, "string", "", name, 0, ""), cell);
    }

    /** A column that only {@code -o wide} shows. */
    ComputedColumns wide(String name, Function<JsonNode, Object> cell) {
        return add(new PrinterColumn(name, "string", "", name, 1, ""), cell);
    }

    ComputedColumns typed(String name, String type, Function<JsonNode, Object> cell) {
        return add(new PrinterColumn(name, type, "", name, 0, ""), cell);
    }

    private ComputedColumns add(PrinterColumn definition, Function<JsonNode, Object> cell) {
        definitions.add(definition);
        cells.add(cell);
        return this;
    }

    /** Puts the name last and shows it on demand only, as events have it. */
    ComputedColumns nameLast() {
        PrinterColumn name = definitions.remove(0);
        definitions.add(new PrinterColumn(name.name(), name.type(), name.format(), name.description(), 1, ""));
        cells.add(cells.remove(0));
        return this;
    }

    @Override
    public List<PrinterColumn> definitions() {
        return definitions;
    }

    @Override
    public List<Object> cells(ObjectNode object) {
        return cells.stream().map(cell -> cell.apply(object)).toList();
    }
}
