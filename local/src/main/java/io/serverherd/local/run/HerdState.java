package io.serverherd.local.run;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the status of a herd tells a person.
 *
 * @param servers whether each is ready
 * @param readyServers such as {@code 4/5}; empty as long as the operator has not said
 * @param edges connected edges, such as {@code 5/5}
 * @param ready the condition Ready, for the newest spec
 * @param state in the operator's words
 */
record HerdState(
        String name,
        SortedMap<String, Boolean> servers,
        String readyServers,
        String edges,
        boolean ready,
        String state) {

    static HerdState of(GenericKubernetesResource herd) {
        SortedMap<String, Boolean> servers = new TreeMap<>();
        for (Map<?, ?> server : maps(herd.get("status", "servers"))) {
            servers.put(String.valueOf(server.get("name")), Boolean.TRUE.equals(server.get("ready")));
        }
        return new HerdState(
                herd.getMetadata().getName(),
                servers,
                text(herd.get("status", "summary", "servers")),
                text(herd.get("status", "summary", "edges")),
                isReady(herd),
                text(herd.get("status", "summary", "state")));
    }

    private static boolean isReady(GenericKubernetesResource herd) {
        boolean upToDate = herd.get("status", "observedGeneration") instanceof Number observed
                && Objects.equals(observed.longValue(), herd.getMetadata().getGeneration());
        return upToDate
                && maps(herd.get("status", "conditions")).stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** One line for each thing that is another than before. */
    List<String> changesFrom(HerdState before) {
        List<String> lines = new ArrayList<>();
        servers.forEach((server, isReady) -> {
            Boolean wasReady = before.servers.get(server);
            if (isReady && !Boolean.TRUE.equals(wasReady)) {
                lines.add("%s: server %s is ready (%s)".formatted(name, server, readyServers));
            } else if (!isReady && Boolean.TRUE.equals(wasReady)) {
                lines.add("%s: server %s is not ready (%s)".formatted(name, server, readyServers));
            } else if (wasReady == null) {
                lines.add("%s: server %s is starting".formatted(name, server));
            }
        });
        before.servers.keySet().stream()
                .filter(server -> !servers.containsKey(server))
                .forEach(server -> lines.add("%s: server %s has left the herd".formatted(name, server)));
        if (!edges.equals(before.edges) && !edges.isEmpty()) {
            lines.add("%s: edges connected %s".formatted(name, edges));
        }
        if (ready != before.ready || !state.equals(before.state)) {
            String words = state.isEmpty() ? "" : ": " + state;
            lines.add("%s: %s%s".formatted(name, ready ? "ready" : "not ready", words));
        }
        return lines;
    }

    /** Before anything is known of a herd. */
    static HerdState unknown(String name) {
        return new HerdState(name, new TreeMap<>(), "", "", false, "");
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static List<Map<?, ?>> maps(Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
