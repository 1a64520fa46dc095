package io.serverherd.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.HerdSettings;
import io.serverherd.operator.desired.Labels;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.Ports;
import io.serverherd.operator.observe.HerdEventSources;
import io.serverherd.operator.observe.LeanObjects;
import io.serverherd.operator.observe.NodeStatusPoller;
import io.serverherd.operator.observe.OptionalWatch;
import io.serverherd.operator.ops.ApiConnections;
import io.serverherd.operator.ops.EventRecorder;
import io.serverherd.operator.ops.HealthServer;
import io.serverherd.operator.ops.HeapTrim;
import io.serverherd.operator.ops.HerdEvents;
import io.serverherd.operator.ops.HerdMetrics;
import io.serverherd.operator.ops.KindAccess;
import io.serverherd.operator.ops.LeaderElection;
import io.serverherd.operator.ops.LeaderPasses;
import io.serverherd.operator.ops.LoopWatch;
import io.serverherd.operator.ops.Readiness;
import io.serverherd.operator.ops.StartupCheck;
import io.serverherd.operator.ops.WatchHealth;
import io.serverherd.operator.reconcile.ServerHerdReconciler;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the operator together. */
public final class HerdOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HerdOperator.class);
    private static final int EXIT_REFUSED = 2;
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_LEASE_LOST = 3;

    private final StartupCheck startupCheck;
    private final NodeStatusPoller poller;
    private final LeaderPasses passes = new LeaderPasses(System::nanoTime);
    private final HeapTrim heapTrim = new HeapTrim(passes::getCompletedTaskCount, System::gc);
    /** Empty: this is the only operator. */
    private final Optional<LeaderElection> election;

    private final HealthServer health;
    private final Operator operator;
    private final WatchHealth watches;

    /**
     * @param client closed by who made it
     * @throws IOException when the HTTP port can't be had
     */
    public HerdOperator(OperatorConfig config, KubernetesClient client) throws IOException {
        Clock clock = Clock.systemUTC();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LoopWatch loop = new LoopWatch(clock);
        HerdMetrics metrics = new HerdMetrics(registry);
        startupCheck = new StartupCheck(client, config.watchNamespaces(), HerdEventSources.watchedKinds());
        poller = new NodeStatusPoller(Ports.ADMIN, config.resync().multipliedBy(3));
        OptionalWatch<Secret> secrets =
                new OptionalWatch<>(Secret.class, new KindAccess(client, config.watchNamespaces(), Secret.class));
        OptionalWatch<Certificate> certificates = new OptionalWatch<>(
                Certificate.class, new KindAccess(client, config.watchNamespaces(), Certificate.class));
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withUseSSAToPatchPrimaryResource(true)
                .withStopOnInformerErrorDuringStartup(false)
                .withExecutorService(passes)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(3))
                // The first of them also times the passes.
                .withMetrics(new AggregatedMetrics(
                        List.of(MicrometerMetricsV2.newBuilder(registry).build(), loop))));
        RegisteredController<ServerHerd> controller = operator.register(
                new ServerHerdReconciler(
                        new HerdSettings(
                                config.nodeImage(),
                                config.placesEndpoint(),
                                config.proxies(),
                                config.namespace(),
                                config.trustDomain(),
                                LinkSecurity.NONE),
                        client,
                        poller,
                        secrets,
                        certificates,
                        clock,
                        new HerdEvents(new EventRecorder(client, registry, clock)),
                        metrics),
                settings -> {
                    settings.withName("serverherd")
                            .withFieldManager(Labels.OPERATOR)
                            .withRetry(retry())
                            .withGenerationAware(false)
                            .withOnUpdateFilter(HerdEventSources::matters)
                            .withReconciliationMaxInterval(config.resync());
                    if (config.watchNamespaces().isEmpty()) {
                        settings.watchingAllNamespaces();
                    } else {
                        settings.settingNamespaces(config.watchNamespaces());
                    }
                });
        watches = new WatchHealth(controller.getControllerHealthInfo(), Set.of(secrets.name(), certificates.name()));
        election = config.leaderElection() ? Optional.of(election(config, client)) : Optional.empty();
        Gauge.builder("serverherd.leading", passes, acting -> acting.mayBegin() ? 1 : 0)
                .description("1 when this operator acts, 0 when it stands by")
                .register(registry);
        health = new HealthServer(
                config.http(),
                () -> loop.stuck().or(() -> election.flatMap(LeaderElection::stuck)),
                this::readiness,
                registry,
                metrics);
    }

    private LeaderElection election(OperatorConfig config, KubernetesClient client) {
        LeaderElection.Consequences consequences = new LeaderElection.Consequences() {
            @Override
            public void stoodDown() {
                poller.forget();
            }

            @Override
            public void endProcess() {
                Runtime.getRuntime().halt(EXIT_LEASE_LOST);
            }
        };
        return new LeaderElection(
                client, config.namespace().orElseThrow(), config.podName(), passes, consequences, System::nanoTime);
    }

    /**
     * Returns when herds are being looked after, or would be if this operator led; until the API is there, and knows them, it
     * waits.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    public void start() throws InterruptedException {
        startupCheck.await();
        operator.start();
        election.ifPresentOrElse(LeaderElection::start, passes::allowForEver);
        heapTrim.start();
        LOG.atInfo().addKeyValue("httpPort", health.port()).log("operator.started");
    }

    /** Port of /livez, /readyz and /metrics. */
    public int httpPort() {
        return health.port();
    }

    @Override
    public void close() {
        heapTrim.close();
        operator.stop();
        election.ifPresent(LeaderElection::close);
        poller.close();
        health.close();
    }

    public static void main(String[] args) {
        String option = args.length == 0 ? "" : args[0];
        switch (option) {
            case "" -> run();
            case "--help" -> System.out.print(OperatorConfig.HELP);
            case "--version" -> System.out.println("herd-operator " + version());
            default -> {
                System.err.println(
                        "herd-operator: unknown argument \"" + option + "\"; there are --help and --version");
                System.exit(EXIT_REFUSED);
            }
        }
    }

    private static void run() {
        try {
            OperatorConfig config = OperatorConfig.from(System.getenv());
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(clientConfig())
                    .withKubernetesSerialization(LeanObjects.serialization())
                    .withHttpClientFactory(new ApiConnections())
                    .build();
            HerdOperator operator = new HerdOperator(config, client);
            Runtime.getRuntime().addShutdownHook(new Thread(operator::close, "shutdown"));
            operator.start();
        } catch (OperatorConfig.RefusedException e) {
            e.defects().forEach(System.err::println);
            System.exit(EXIT_REFUSED);
        } catch (IOException e) {
            System.err.println("OPERATOR_HTTP_BIND, OPERATOR_HTTP_PORT: " + e.getMessage());
            System.exit(EXIT_FAILED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Threads that were started already would keep a process alive that does nothing.
            LOG.atError().setCause(e).log("operator.not-started");
            System.exit(EXIT_FAILED);
        }
    }

    private static String version() {
        String version = HerdOperator.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Readiness readiness() {
        return startupCheck
                .problem()
                .or(() -> operator.getRuntimeInfo().isStarted() ? watches.problem() : Optional.of("starting"))
                .or(() -> election.flatMap(LeaderElection::problem))
                .map(problem -> new Readiness(false, problem))
                .orElseGet(() -> new Readiness(
                        true,
                        election.flatMap(LeaderElection::standsByFor)
                                .map(leader -> "standing by, " + leader + " leads")
                                .orElse("ok")));
    }

    /** Never gives up: what stands in the way may be gone any time, and no event tells. */
    private static GenericRetry retry() {
        return new GenericRetry().setInitialInterval(200).setMaxInterval(10_000).withoutMaxAttempts();
    }

    /** The client's own retries end soon: a pass of the loop that fails is repeated as a whole. */
    private static Config clientConfig() {
        return new ConfigBuilder()
                .withRequestRetryBackoffLimit(1)
                .withRequestTimeout(10_000)
                .withConnectionTimeout(5_000)
                // Doubled five times: a watch is tried again after 8 s at most.
                .withWatchReconnectInterval(250)
                .withUserAgent(Labels.OPERATOR + "/" + version())
                .build();
    }
}
