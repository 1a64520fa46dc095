package io.serverherd.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON values as rules see them: an integer is a long and a number a double whatever their notation, by the schema. */
final class CelValues {

    private CelValues() {}

    static Object of(JsonNode value, StructuralSchema schema) {
        if (schema == null) {
            return untyped(value);
        }
        return switch (value.getNodeType()) {
            case STRING -> string(value.textValue(), schema);
            case NUMBER -> "number".equals(schema.type()) ? (Object) value.doubleValue() : number(value);
            case ARRAY -> {
                List<Object> list = new ArrayList<>(value.size());
                value.forEach(item -> list.add(of(item, schema.items())));
                yield list;
            }
            case OBJECT -> object(value, schema);
            default -> untyped(value);
        };
    }

    private static Object object(JsonNode object, StructuralSchema schema) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            boolean named = schema.additionalProperties() == null;
            String name = named ? CelNames.escape(field.getKey()) : field.getKey();
            if (name != null) {
                map.put(name, of(field.getValue(), schema.field(field.getKey())));
            }
        });
        return map;
    }

    private static Object string(String text, StructuralSchema schema) {
        return switch (StringFormats.of(schema)) {
            case "date-time" -> OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            case "date" -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            case "duration" -> GoDuration.parse(text);
            case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
            default -> text;
        };
    }

    private static Object number(JsonNode number) {
        return JsonTypes.isInteger(number) ? (Object) number.longValue() : number.doubleValue();
    }

    private static Object untyped(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case ARRAY -> {
                List<Object> list = new ArrayList<>(value.size());
                value.forEach(item -> list.add(untyped(item)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                value.properties().forEach(field -> map.put(field.getKey(), untyped(field.getValue())));
                yield map;
            }
            default -> NullValue.NULL_VALUE;
        };
    }
}
