package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.kubelet.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The local API with the operator's jar beside it: pods are processes of this machine. */
public final class LocalClusterUnderTest implements ClusterUnderTest {

    private final Path state;
    private final LocalCluster cluster;
    private final OperatorAccess access;
    private OperatorProcess operator;
    private int namespaces;

    private LocalClusterUnderTest(Path state, LocalCluster cluster, OperatorAccess access) {
        this.state = state;
        this.cluster = cluster;
        this.access = access;
    }

    public static LocalClusterUnderTest start() throws IOException {
        Path state = Files.createTempDirectory("herd-scenario-");
        OperatorAccess access = OperatorAccess.installed();
        LocalClusterUnderTest local = new LocalClusterUnderTest(
                state,
                LocalCluster.start(new LocalCluster.Options(
                        state,
                        LocalCluster.randomPodNetwork(),
                        Images.none()
                                .withJar(
                                        "ghcr.io/serverherd/herd-node",
                                        ProjectFiles.NODE_JAR,
                                        ClassArchive.options(ProjectFiles.NODE_JAR)),
                        access)),
                access);
        ServerSideApply.of(local.client(), ProjectFiles.crd());
        local.startOperator(Map.of()).awaitReady();
        return local;
    }

    @Override
    public KubernetesClient client() {
        return cluster.client();
    }

    @Override
    public Path kubeconfig() {
        return cluster.kubeconfig();
    }

    @Override
    public PodPorts ports() {
        return PodPorts.direct();
    }

    @Override
    public OperatorUnderTest operator() {
        return operator;
    }

    @Override
    public OperatorUnderTest startOperator(Map<String, String> settings) throws IOException {
        operator = OperatorProcess.start(cluster.kubeconfig(), settings);
        return operator;
    }

    @Override
    public ElectedOperators startElected(String namespace) throws IOException {
        return ElectedProcesses.start(client(), kubeconfig());
    }

    @Override
    public void kill(Pod pod) {
        String container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
        ProcessHandle.of(Long.parseLong(container.substring("process://".length())))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public String newNamespace() {
        String name = "scenario-" + ++namespaces;
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }

    @Override
    public void deleteNamespace(String name) {
        client().namespaces().withName(name).delete();
    }

    @Override
    public OptionalLong writes() {
        return OptionalLong.of(cluster.writes());
    }

    @Override
    public void close() throws Exception {
        operator.stop();
        cluster.close();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        ApiUse.record(access.used());
        assertThat(access.refused())
                .as("what the operator asked for without having the right by its roles in install/")
                .isEmpty();
    }
}
