package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.install.Chart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two operators on this machine. */
final class ElectedProcesses implements ElectedOperators {
    private final Map<String, OperatorProcess> processes = new LinkedHashMap<>();

    private ElectedProcesses() {}

    /** Returns when both are ready. */
    static ElectedProcesses start(KubernetesClient client, Path kubeconfig) throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        ElectedProcesses elected = new ElectedProcesses();
        for (String name : List.of("first", "second")) {
            Map<String, String> environment = Map.of(
                    "OPERATOR_NAMESPACE",
                    Chart.NAMESPACE,
                    "OPERATOR_LEADER_ELECTION",
                    "true",
                    "OPERATOR_POD_NAME",
                    name);
            elected.processes.put(name, OperatorProcess.start(kubeconfig, environment));
        }
        elected.processes.values().forEach(OperatorProcess::awaitReady);
        return elected;
    }

    @Override
    public String namespace() {
        return Chart.NAMESPACE;
    }

    @Override
    public List<String> names() {
        return List.copyOf(processes.keySet());
    }

    @Override
    public String says(String name, String path) throws Exception {
        String answer = processes.get(name).get(path);
        return answer.startsWith("200 ") ? answer.substring("200 ".length()) : "";
    }

    @Override
    public void stop(String name) throws Exception {
        processes.remove(name).stop();
    }

    @Override
    public void kill(String name) throws Exception {
        processes.remove(name).kill();
    }

    @Override
    public void close() throws Exception {
        for (String name : names()) {
            stop(name);
        }
    }
}
