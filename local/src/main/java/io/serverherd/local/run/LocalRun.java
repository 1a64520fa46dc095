package io.serverherd.local.run;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.local.LocalCluster;
import io.serverherd.local.api.Access;
import io.serverherd.local.demo.DemoPlaces;
import io.serverherd.local.kubelet.Images;
import io.serverherd.local.kubelet.KubeletSettings;
import io.serverherd.local.process.ProcessLedger;
import io.serverherd.local.process.ProcessSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of {@code make run}: from nothing to a herd that can be talked to. {@link #close} takes them back. */
public final class LocalRun implements AutoCloseable {

    private static final String NODE_IMAGE = "ghcr.io/serverherd/herd-node";
    private static final String HERD = "five-node-herd";
    private static final int SERVERS = 5;
    private static final String SECRET = "google-places";
    /** In no answer of the demo's Places: a server passes on none that repeats its key. */
    private static final String DEMO_KEY = "any-key-does";

    private static final String FIELD_MANAGER = "kubectl";
    private static final int PATIENCE_SECONDS = 60;
    /** Of Places' two APIs. */
    private static final List<String> GOOGLE = List.of("maps.googleapis.com", "places.googleapis.com");

    private final RunSettings settings;
    private final Map<String, String> environment;
    private final Screen screen;
    /** What was started, newest first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private boolean closed;
    private volatile Optional<OperatorProcess> operator = Optional.empty();

    public LocalRun(RunSettings settings, Map<String, String> environment, PrintStream out) {
        this.settings = settings;
        this.environment = environment;
        this.screen = new Screen(out);
    }

    /** Returns when the herd is ready, or after a minute; the screen goes on telling changes. */
    public void start() throws RunException, InterruptedException {
        try {
            Path home = settings.home().toAbsolutePath().normalize();
            screen.say("ServerHerd on this machine. State and logs are in %s; Ctrl-C ends everything.".formatted(home));
            Installation installation = Installation.find(settings.root());
            begin(() -> StateLock.take(home));
            ProcessLedger ledger = new ProcessLedger(home.resolve("processes"));
            endLeftovers(ledger);
            Ports.check(settings, SERVERS);

            LocalCluster cluster = begin(() -> LocalCluster.start(new LocalCluster.Options(
                    home,
                    settings.apiPort(),
                    settings.podNetwork(),
                    Images.none().withJar(NODE_IMAGE, installation.nodeJar()),
                    settings.placesKey().isPresent() ? GOOGLE : List.of(),
                    KubeletSettings.VOLUME_SYNC,
                    Access.Rules.none())));
            screen.say("API server     %s (export KUBECONFIG=%s)".formatted(cluster.apiUrl(), cluster.kubeconfig()));

            String places = places();
            // It takes longest to start, and waits for the definitions.
            startOperator(installation, cluster, places, ledger);
            for (Path file : installation.crdFiles()) {
                apply(cluster.client(), file);
            }
            screen.say("definitions    kubectl apply --server-side -f %s".formatted(installation.crds()));
            createSecret(cluster.client());

            HerdFollower follower = begin(() -> new HerdFollower(cluster.client(), screen, HERD));
            apply(cluster.client(), installation.example());
            screen.say("herd           kubectl apply --server-side -f %s".formatted(installation.example()));
            awaitReady(follower, cluster);
        } catch (IOException e) {
            throw new RunException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (KubernetesClientException e) {
            throw new RunException("the API server refused a step: " + e.getMessage(), e);
        }
    }

    private void endLeftovers(ProcessLedger ledger) throws IOException {
        List<Long> ended = ledger.endLeftovers();
        if (!ended.isEmpty()) {
            screen.say("leftovers      ended %d processes of an earlier run that was killed".formatted(ended.size()));
        }
    }

    /** @return the Places endpoint */
    private String places() throws IOException, RunException {
        if (settings.placesKey().isPresent()) {
            screen.say("Places         Google, with the key of %s".formatted(RunSettings.PLACES_KEY));
            return "https://" + GOOGLE.get(0);
        }
        DemoPlaces demo = begin(() -> DemoPlaces.start(settings.placesPort()));
        screen.say("Places         %s makes places up; `make run %s=...` asks Google"
                .formatted(demo.url(), RunSettings.PLACES_KEY));
        return demo.url();
    }

    private void startOperator(Installation installation, LocalCluster cluster, String places, ProcessLedger ledger)
            throws IOException, RunException {
        Path home = cluster.kubeconfig().getParent();
        Path temporary = Files.createDirectories(home.resolve("tmp"));
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.forEach((name, value) -> {
            if (name.startsWith("OPERATOR_")) {
                variables.put(name, value);
            }
        });
        variables.put("KUBECONFIG", cluster.kubeconfig().toString());
        variables.put("OPERATOR_PLACES_ENDPOINT", places);
        variables.put("OPERATOR_HTTP_BIND", "127.0.0.1");
        variables.put("OPERATOR_HTTP_PORT", Integer.toString(settings.operatorPort()));
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                installation.operatorJar().toAbsolutePath().toString());
        Path log = home.resolve("operator.log");
        ProcessSpec spec = new ProcessSpec(command, variables, temporary);
        OperatorProcess process = begin(() -> OperatorProcess.start(spec, log, ledger, screen::event));
        operator = Optional.of(process);
        screen.say("operator       process %d, log in %s".formatted(process.pid(), log));
    }

    private void createSecret(KubernetesClient client) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(SECRET)
                        .endMetadata()
                        .addToStringData("api-key", settings.placesKey().orElse(DEMO_KEY))
                        .build())
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        screen.say("Places key     kubectl create secret generic %s --from-literal=api-key=%s"
                .formatted(SECRET, settings.placesKey().isPresent() ? "$" + RunSettings.PLACES_KEY : DEMO_KEY));
    }

    private static void apply(KubernetesClient client, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            for (HasMetadata object : client.load(in).items()) {
                client.resource(object)
                        .fieldManager(FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply();
            }
        }
    }

    private void awaitReady(HerdFollower follower, LocalCluster cluster) throws InterruptedException {
        if (!follower.awaitReady(PATIENCE_SECONDS)) {
            screen.say("%s is not ready after %d s. To find out why: kubectl --kubeconfig %s describe herd %s; %s"
                    .formatted(
                            HERD,
                            PATIENCE_SECONDS,
                            cluster.kubeconfig(),
                            HERD,
                            cluster.kubeconfig().resolveSibling("operator.log")));
            return;
        }
        boolean kubectl = Conversation.isOnPath("kubectl", environment.get("PATH"));
        String address = Conversation.addressOf(cluster.client(), HERD);
        Conversation.lines(cluster.kubeconfig(), HERD, address, kubectl, Instant.now())
                .forEach(screen::say);
    }

    private interface Start<T> {
        T start() throws IOException, RunException;
    }

    /** Starts something that {@link #close} ends; nothing is started once that has begun. */
    private <T extends AutoCloseable> T begin(Start<T> start) throws IOException, RunException {
        synchronized (started) {
            if (closed) {
                throw new RunException("ended while it was starting");
            }
            T closeable = start.start();
            started.push(closeable);
            return closeable;
        }
    }

    /** Ends what was started, newest first. No process is left. */
    @Override
    public void close() {
        // It ends while the servers do.
        operator.ifPresent(OperatorProcess::terminate);
        synchronized (started) {
            closed = true;
            while (!started.isEmpty()) {
                end(started.pop());
            }
            if (operator.isPresent()) {
                screen.say("Everything has ended.");
            }
        }
    }

    private void end(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            screen.say(
                    "%s could not be ended: %s".formatted(closeable.getClass().getSimpleName(), e));
        }
    }
}
