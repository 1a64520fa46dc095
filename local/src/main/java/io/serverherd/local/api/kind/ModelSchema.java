package io.serverherd.local.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.serverherd.local.api.json.Json;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The schema of a kind the API has of its own, read off the fields of the client library's model class. */
public final class ModelSchema {

    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "string",
            Integer.class, "integer",
            Long.class, "integer",
            Double.class, "number",
            Boolean.class, "boolean",
            MicroTime.class, "string");

    private final Deque<Class<?>> within = new ArrayDeque<>();

    private ModelSchema() {}

    /** An OpenAPI schema with everything inlined; a type inside itself is left open. */
    public static ObjectNode of(Class<?> model) {
        return new ModelSchema().describe(model);
    }

    private ObjectNode describe(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            ObjectNode list = Json.object().put("type", "array");
            list.set("items", describe(generic.getActualTypeArguments()[0]));
            return list;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            ObjectNode map = Json.object().put("type", "object");
            map.set("additionalProperties", describe(generic.getActualTypeArguments()[1]));
            return map;
        }
        return type instanceof Class<?> simple ? describeClass(simple) : open();
    }

    private ObjectNode describeClass(Class<?> type) {
        if (SCALARS.containsKey(type)) {
            return Json.object().put("type", SCALARS.get(type));
        }
        if (type.isEnum()) {
            return Json.object().put("type", "string");
        }
        if (type == IntOrString.class) {
            return Json.object().put("x-kubernetes-int-or-string", true);
        }
        List<Field> fields = jsonFields(type);
        if (fields.isEmpty() || within.contains(type) || isNumberLike(type)) {
            return open();
        }
        within.push(type);
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        fields.forEach(field ->
                properties.set(field.getAnnotation(JsonProperty.class).value(), describe(field.getGenericType())));
        within.pop();
        return schema;
    }

    private static List<Field> jsonFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(JsonProperty.class))
                .toList();
    }

    /** Quantities are written as text or as any number. */
    private static boolean isNumberLike(Class<?> type) {
        return type == io.fabric8.kubernetes.api.model.Quantity.class;
    }

    private static ObjectNode open() {
        return Json.object().put("x-kubernetes-preserve-unknown-fields", true);
    }
}
