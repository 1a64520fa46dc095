package io.serverherd.operator.topology;

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
import java.util.Set;
import java.util.regex.Pattern;

/** The CRD's rules once more, for an API server that doesn't know them or a CRD that is older than this operator. */
public final class TopologyValidator {
    private static final Pattern HERD_NAME = Pattern.compile(ServerHerd.NAME_PATTERN);
    private static final Pattern SERVER_NAME = Pattern.compile(ServerSpec.NAME_PATTERN);

    /**
     * @param herdName {@code metadata.name}
     * @param spec     null is a problem too
     */
    public Validation validate(String herdName, ServerHerdSpec spec) {
        List<String> problems = new ArrayList<>();
        checkHerdName(herdName, problems);
        if (spec == null) {
            problems.add("spec: is missing");
        } else {
            checkServers(spec.servers(), problems);
            checkEdges(spec.edges(), spec.servers(), problems);
        }
        return new Validation(problems);
    }

    private static void checkHerdName(String name, List<String> problems) {
        if (!HERD_NAME.matcher(name).matches() || name.endsWith("-peers")) {
            problems.add(
                    "metadata.name: \"" + name + "\" must be 1 to 50 lower-case letters, digits and '-', start with a"
                            + " letter, not end with '-' and not end with '-peers', since Services are named after the herd");
        }
    }

    private static void checkServers(List<ServerSpec> servers, List<String> problems) {
        if (servers.isEmpty() || servers.size() > ServerHerdSpec.MAX_SERVERS) {
            problems.add(
                    "spec.servers: a herd has 1 to " + ServerHerdSpec.MAX_SERVERS + " servers, not " + servers.size());
        }
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < servers.size(); i++) {
            String name = servers.get(i).name();
            if (name == null || !SERVER_NAME.matcher(name).matches()) {
                problems.add("spec.servers[" + i + "].name: \"" + name
                        + "\" must be 1 to 32 letters, digits and '-', start" + " with a letter and not end with '-'");
                continue;
            }
            String twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (twin != null) {
                problems.add("spec.servers[" + i + "].name: \"" + name + "\" is listed twice (also as \"" + twin
                        + "\"): names must differ in more than upper and lower case");
            }
        }
    }

    private static void checkEdges(List<EdgeSpec> edges, List<ServerSpec> servers, List<String> problems) {
        if (edges.size() > ServerHerdSpec.MAX_EDGES) {
            problems.add("spec.edges: a herd has at most " + ServerHerdSpec.MAX_EDGES + " edges, not " + edges.size());
        }
        Set<String> known = new HashSet<>();
        servers.forEach(server -> known.add(server.name()));
        Set<EdgeSpec> seen = new HashSet<>();
        for (int i = 0; i < edges.size(); i++) {
            String a = edges.get(i).a();
            String b = edges.get(i).b();
            String where = "spec.edges[" + i + "]: edge " + a + "-" + b;
            if (!known.contains(a) || !known.contains(b)) {
                problems.add(where + " names \"" + (known.contains(a) ? b : a)
                        + "\", which is not in spec.servers; names must match exactly");
            } else if (a.equals(b)) {
                problems.add(where + " joins a server to itself: an edge joins two different servers");
            } else if (!seen.add(edges.get(i))) {
                problems.add(where + " is listed twice");
            }
        }
    }
}
