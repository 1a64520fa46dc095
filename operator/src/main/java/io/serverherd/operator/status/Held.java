package io.serverherd.operator.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pause holds back.
 *
 * @param objects by what is to be done with them, such as {@code apply → [ConfigMap five-node-herd-ball]}
 */
public record Held(Map<String, List<String>> objects) {

    public Held {
        objects = new LinkedHashMap<>(objects);
    }
}
