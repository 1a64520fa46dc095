package io.serverherd.local.api.kind;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A column of {@code kubectl get}.
 *
 * @param type as in OpenAPI, or {@code date}
 * @param priority 0 is always shown, more only by {@code -o wide}
 * @param path JSONPath to the value; empty for columns that are computed
 */
public record PrinterColumn(String name, String type, String format, String description, int priority, String path) {

    /** @param column an item of {@code additionalPrinterColumns} */
    static PrinterColumn of(JsonNode column) {
        return new PrinterColumn(
                column.path("name").asText(),
                column.path("type").asText(),
                column.path("format").asText(),
                column.path("description").asText(),
                column.path("priority").asInt(),
                column.path("jsonPath").asText());
    }
}
