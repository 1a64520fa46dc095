package io.serverherd.operator.bench;

import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchema;
import io.fabric8.kubernetes.api.model.flowcontrol.v1.FlowSchemaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.scenario.OperatorDeployment;
import io.serverherd.operator.scenario.ServerSideApply;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what the operator asks of the API server, which itself only counts by kind. But it counts by FlowSchema, and a schema
 * may be for one account and some verbs: so there is one for each sort of request while this is open.
 */
final class ApiRequests implements AutoCloseable {

    /** Sorts of requests, the more special ones first. */
    enum Sort {
        LEASES(List.of("*"), "coordination.k8s.io"),
        WATCHES(List.of("watch"), "*"),
        READS(List.of("get", "list"), "*"),
        WRITES(List.of("*"), "*");

        private final List<String> verbs;
        private final String group;

        Sort(List<String> verbs, String group) {
            this.verbs = verbs;
            this.group = group;
        }

        private String schema() {
            return "herd-bench-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Before the account's usual one, which is at 9000. */
    private static final int PRECEDENCE = 700;
    /** What requests of pods' accounts have without these. */
    private static final String PRIORITY = "workload-low";

    private final KubernetesClient client;

    ApiRequests(KubernetesClient client) {
        this.client = client;
        for (Sort sort : Sort.values()) {
            ServerSideApply.of(client, schema(sort));
        }
    }

    /** So far, of each sort. */
    Map<Sort, Long> counts() {
        String metrics = client.raw("/metrics");
        Map<Sort, Long> counts = new EnumMap<>(Sort.class);
        for (Sort sort : Sort.values()) {
            Matcher matcher = Pattern.compile("(?m)^apiserver_flowcontrol_dispatched_requests_total\\{flow_schema=\""
                            + sort.schema() + "\"[^}]*} (\\S+)$")
                    .matcher(metrics);
            counts.put(sort, matcher.find() ? Math.round(Double.parseDouble(matcher.group(1))) : 0);
        }
        return counts;
    }

    private static FlowSchema schema(Sort sort) {
        return new FlowSchemaBuilder()
                .withNewMetadata()
                .withName(sort.schema())
                .endMetadata()
                .withNewSpec()
                .withMatchingPrecedence(PRECEDENCE + sort.ordinal())
                .withNewPriorityLevelConfiguration(PRIORITY)
                .addNewRule()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withNewServiceAccount(OperatorDeployment.NAME, OperatorDeployment.NAMESPACE)
                .endSubject()
                .addNewResourceRule()
                .withVerbs(sort.verbs)
                .withApiGroups(sort.group)
                .withResources("*")
                .withClusterScope(true)
                .withNamespaces("*")
                .endResourceRule()
                .endRule()
                .endSpec()
                .build();
    }

    @Override
    public void close() {
        for (Sort sort : Sort.values()) {
            client.resource(schema(sort)).delete();
        }
    }
}
