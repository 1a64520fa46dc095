package io.serverherd.operator.validation;

import io.serverherd.operator.validation.FieldRule.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks a record and all it holds by the annotations that also make the CRD's schema, so a rule is written once. */
final class FieldRules {
    private final Map<Class<?>, List<Field>> fields = new ConcurrentHashMap<>();

    /**
     * @param path of the value, as the API server writes it: {@code spec.servers[0].name}
     * @return one sentence each; empty: nothing is wrong
     */
    List<String> check(String path, Record value) {
        List<String> problems = new ArrayList<>();
        checkRecord(path, value, problems);
        return problems;
    }

    private void checkRecord(String path, Record value, List<String> problems) {
        for (Field field : fields.computeIfAbsent(value.getClass(), FieldRules::fieldsOf)) {
            check(path + "." + field.name(), field.rule(), field.of(value), problems);
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
    }

    private void check(String path, FieldRule rule, Object value, List<String> problems) {
        rule.problemWith(value).ifPresent(problem -> problems.add(path + ": " + problem));
        if (value instanceof Record inner) {
            checkRecord(path, inner, problems);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(path + "[" + i + "]", rule.ofElements(), list.get(i), problems);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> check(path + "." + key, rule.ofElements(), entry, problems));
        }
    }
}
