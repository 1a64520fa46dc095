package io.serverherd.operator.validation;

import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What must be true of the herd's name, of its servers' names together, and of its edges. */
final class TopologyRules {
    private static final Pattern HERD_NAME = Pattern.compile(ServerHerd.NAME_PATTERN);

    private TopologyRules() {}

    /** @param name {@code metadata.name} */
    static List<String> ofName(String name) {
        return HERD_NAME.matcher(name).matches() && !name.endsWith("-peers")
                ? List.of()
                : List.of("metadata.name: \"" + name + "\": " + ServerHerd.NAME_MESSAGE);
    }

    static List<String> of(ServerHerdSpec spec) {
        List<String> problems = new ArrayList<>();
        checkServers(spec.servers(), problems);
        checkEdges(spec.edges(), spec.servers(), problems);
        return problems;
    }

    private static void checkServers(List<ServerSpec> servers, List<String> problems) {
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            String name = Objects.toString(servers.get(i).name(), "");
            String twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (name.equals(twin)) {
                problems.add("spec.servers[" + i + "]: Duplicate value: {\"name\":\"" + name + "\"}");
            } else if (twin != null) {
                problems.add("spec.servers: server \"" + twin + "\" is listed twice (also as \"" + name
                        + "\"): names must differ in more than upper and lower case");
            }
        }
    }

    private static void checkEdges(List<EdgeSpec> edges, List<ServerSpec> servers, List<String> problems) {
        Set<String> known = new HashSet<>();
        servers.forEach(server -> known.add(server.name()));
        Set<EdgeSpec> seen = new HashSet<>();
        for (int i = 0; i < edges.size(); i++) {
            String a = edges.get(i).a();
            String b = edges.get(i).b();
            String where = "spec.edges[" + i + "]: ";
            if (!known.contains(a) || !known.contains(b)) {
                problems.add(where + "edge " + a + "-" + b + " names \"" + (known.contains(a) ? b : a)
                        + "\", which is not in spec.servers; names must match exactly");
            } else if (a.equals(b)) {
                problems.add(where + "server \"" + a + "\" has an edge to itself: an edge joins two different servers");
            } else if (!seen.add(edges.get(i))) {
                problems.add(where + "Duplicate value: {\"a\":\"" + a + "\",\"b\":\"" + b + "\"}");
            }
        }
    }
}
