package io.serverherd.local;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.serverherd.local.api.Access;
import io.serverherd.local.api.ApiServer;
import io.serverherd.local.api.ApiServerOptions;
import io.serverherd.local.controllers.ClaimController;
import io.serverherd.local.controllers.DisruptionBudgetController;
import io.serverherd.local.controllers.StatefulSetController;
import io.serverherd.local.kubelet.Images;
import io.serverherd.local.kubelet.Kubelet;
import io.serverherd.local.kubelet.KubeletSettings;
import io.serverherd.local.kubelet.RunningPods;
import io.serverherd.local.process.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A cluster of one node on this machine: an API server, the controllers that herds need, and a kubelet that runs pods as
 * processes. Several can live in one JVM, with state folders and pod networks of their own.
 */
public final class LocalCluster implements AutoCloseable {

    private final Path kubeconfig;
    private final ApiServer api;
    private final KubernetesClient client;
    private final StatefulSetController statefulSets;
    private final DisruptionBudgetController budgets;
    private final ClaimController claims;
    private final Kubelet kubelet;

    private LocalCluster(
            Path kubeconfig,
            ApiServer api,
            KubernetesClient client,
            StatefulSetController statefulSets,
            DisruptionBudgetController budgets,
            ClaimController claims,
            Kubelet kubelet) {
        this.kubeconfig = kubeconfig;
        this.api = api;
        this.client = client;
        this.statefulSets = statefulSets;
        this.budgets = budgets;
        this.claims = claims;
        this.kubelet = kubelet;
    }

    /**
     * @param stateFolder made when missing, readable by this user alone: Secrets are in it; everything that is written is below it
     * @param apiPort 0 for any free port
     * @param podNetwork loopback network of pod addresses, such as {@code 127.0.1.0}
     * @param images which images can be run
     * @param outsideNames host names beyond the cluster that pods can resolve
     * @param volumeSync how long a change of a ConfigMap takes at most to reach a pod that nobody touches
     * @param rules who may do what
     */
    public record Options(
            Path stateFolder,
            int apiPort,
            String podNetwork,
            Images images,
            List<String> outsideNames,
            Duration volumeSync,
            Access.Rules rules) {

        public Options(Path stateFolder, String podNetwork, Images images) {
            this(stateFolder, podNetwork, images, Access.Rules.none());
        }

        public Options(Path stateFolder, String podNetwork, Images images, Access.Rules rules) {
            this(stateFolder, 0, podNetwork, images, List.of(), KubeletSettings.VOLUME_SYNC, rules);
        }
    }

    /**
     * A pod network that hardly anybody on this machine uses: for tests, of which several JVMs may run at a time.
     * macOS has no addresses there.
     */
    public static String randomPodNetwork() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "127.%d.%d.0".formatted(random.nextInt(2, 255), random.nextInt(256));
    }

    /** @throws IOException when the port or the state folder cannot be had; the message names it */
    public static LocalCluster start(Options options) throws IOException {
        Path state = options.stateFolder().toAbsolutePath();
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        ProcessLedger ledger = new ProcessLedger(state.resolve("processes"));
        KubeletSettings settings = new KubeletSettings(
                state,
                options.podNetwork(),
                options.images(),
                ledger,
                options.outsideNames(),
                options.volumeSync(),
                Clock.systemUTC());
        Kubelet.cleanUp(settings);
        RunningPods pods = new RunningPods(settings.logsFolder());
        ApiServer api = ApiServer.start(new ApiServerOptions("127.0.0.1", options.apiPort(), pods, options.rules()));
        Path kubeconfig = state.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        // Nothing of the user's own Kubernetes configuration is read.
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(api.url())
                        .withNamespace("default")
                        .build())
                .build();
        return new LocalCluster(
                kubeconfig,
                api,
                client,
                StatefulSetController.start(client, settings.clock()),
                DisruptionBudgetController.start(client),
                ClaimController.start(client),
                Kubelet.start(client, settings, pods));
    }

    /** A client of this cluster, closed with it. */
    public KubernetesClient client() {
        return client;
    }

    /** Base address of the API. */
    public String apiUrl() {
        return api.url();
    }

    /** Requests so far that asked the API for a change, whether or not one came of it. */
    public long writes() {
        return api.writes();
    }

    /** A file for kubectl and any other client. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Ends everything, all processes of pods too. */
    @Override
    public void close() {
        statefulSets.close();
        budgets.close();
        claims.close();
        kubelet.close();
        client.close();
        api.close();
    }
}
