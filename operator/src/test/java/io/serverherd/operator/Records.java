package io.serverherd.operator;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Builds records by the names of their components, so that a test speaks only of those it is about. */
public final class Records {
    private Records() {}

    /** All components that are not named are null. */
    public static <R extends Record> R of(Class<R> type, Map<String, ?> components) {
        RecordComponent[] all = type.getRecordComponents();
        Object[] values = Arrays.stream(all)
                .map(component -> components.get(component.getName()))
                .toArray();
        Map<String, Object> unknown = new HashMap<>(components);
        Arrays.stream(all).map(RecordComponent::getName).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no " + unknown.keySet());
        }
        try {
            Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getSimpleName() + " of " + components, e);
        }
    }

    /** The same record, with one component changed. */
    public static <R extends Record> R with(R record, String component, Object value) {
        Map<String, Object> components = new HashMap<>();
        for (RecordComponent each : record.getClass().getRecordComponents()) {
            try {
                components.put(each.getName(), each.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e);
            }
        }
        components.put(component, value);
        @SuppressWarnings("unchecked") // a record's class is its own
        Class<R> type = (Class<R>) record.getClass();
        return of(type, components);
    }
}
