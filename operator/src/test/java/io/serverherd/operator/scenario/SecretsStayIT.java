package io.serverherd.operator.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.operator.desired.PeerSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys stay in their Secrets, whatever goes wrong: no byte that leaves a process in another way belongs to one. */
@Tag("local")
class SecretsStayIT {
    private static final int FAILURES = 1_000;
    private static final Set<String> KEYS = Set.of("ca.key", "next-ca.key", "tls.key");
    private static final HerdManifest PAIR =
            HerdManifest.herd("pair").servers("A B").edges("A-B").with("logging", Map.of("messages", true));

    @RegisterExtension
    static final OperatedCluster CLUSTER = new OperatedCluster();

    private final Canaries canaries = new Canaries();
    private final List<String> heard = new ArrayList<>();
    private EchoingPlaces places;
    private FaultyApi api;
    private OperatorProcess operator;

    @BeforeEach
    void putAFaultyApiBeforeAnOperatorThatLogsAll(@TempDir Path folder) throws Exception {
        places = new EchoingPlaces();
        CLUSTER.operator().stop();
        URI url = CLUSTER.client().getMasterUrl().toURI();
        api = new FaultyApi(new InetSocketAddress(url.getHost(), url.getPort()));
        Path kubeconfig = folder.resolve("kubeconfig");
        String through = Files.readString(CLUSTER.kubeconfig()).replace(":" + url.getPort(), ":" + api.port());
        assertThat(Files.writeString(kubeconfig, through)).content().contains(":" + api.port());
        operator = OperatorProcess.start(
                        kubeconfig, Map.of("OPERATOR_LOG_LEVEL", "trace", "OPERATOR_FRAMEWORK_LOG_LEVEL", "trace"))
                .awaitReady();
    }

    @AfterEach
    void takeThemAway() throws Exception {
        operator.stop();
        api.close();
        places.close();
        CLUSTER.startOperator().awaitReady();
    }

    @Test
    void noPieceOfAKeyGetsOutInAThousandFailures() throws Exception {
        String namespace = CLUSTER.newNamespace();
        String placesKey = "AIza" + HexFormat.of().formatHex(SecureRandom.getSeed(18));
        canaries.plant(placesKey);
        writeSecret(namespace, "google", Map.of("api-key", placesKey));
        Planter planter = new Planter();
        CLUSTER.client().secrets().inNamespace(namespace).watch(planter);
        HerdUnderTest pair = CLUSTER.apply(namespace, PAIR.with("places", placesOf("Legacy")))
                .awaitReady();
        pair.awaitCondition("PlacesKeyAvailable", "True");
        List<HerdUnderTest> others = IntStream.range(0, 8)
                .mapToObj(i -> CLUSTER.apply(namespace, withoutPods("other-" + i)))
                .toList();

        api.failing(true);
        await().pollInterval(Duration.ofMillis(200))
                .atMost(OperatedCluster.PATIENCE.multipliedBy(2))
                .until(() -> {
                    hurt(namespace, pair);
                    others.forEach(herd -> herd.annotate("touched", Long.toString(System.nanoTime())));
                    return api.failures() >= FAILURES;
                });
        api.failing(false);
        pair.apply(PAIR.with("places", placesOf("New")));
        writeSecret(namespace, "google", Map.of("api-key", placesKey));
        pair.awaitReady();
        for (int i = 0; i < 20; i++) {
            ask(pair.server("A"), i);
        }

        planter.assertThatItHasSeen("pair-peer-ca", "pair-a-peer-tls", "pair-b-peer-tls");
        assertThatTheSearchFinds(placesKey);
        said(pair, namespace).forEach((who, text) -> assertThat(canaries.in(text))
                .as("a piece of a key in %s", who)
                .isEmpty());
    }

    /** What Secrets hold is what is looked for. An error here is on the client's thread, where nobody sees it: it is kept. */
    private final class Planter implements Watcher<Secret> {
        private final Set<String> planted = ConcurrentHashMap.newKeySet();
        private final AtomicReference<Exception> error = new AtomicReference<>();

        @Override
        public void eventReceived(Action action, Secret secret) {
            PeerSecret.files(secret).forEach((name, text) -> {
                if (KEYS.contains(name) && text.startsWith("-----BEGIN")) {
                    plant(secret.getMetadata().getName(), text);
                }
            });
        }

        private void plant(String secret, String key) {
            try {
                canaries.plantKey(key);
                planted.add(secret);
            } catch (GeneralSecurityException | RuntimeException e) {
                error.compareAndSet(null, e);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            error.compareAndSet(null, cause);
        }

        void assertThatItHasSeen(String... secrets) {
            assertThat(error).as("keys may have been missed").hasNullValue();
            assertThat(planted).contains(secrets);
        }
    }

    private Map<String, Object> placesOf(String interfaceOfGoogle) {
        return Map.of("api", interfaceOfGoogle, "endpoint", places.url(), "secretRef", Map.of("name", "google"));
    }

    private static HerdManifest withoutPods(String name) {
        return HerdManifest.herd(name).servers("A B C").edges("A-B B-C").image("registry.invalid/none:1");
    }

    private static void writeSecret(String namespace, String name, Map<String, String> texts) {
        CLUSTER.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .addToStringData(texts)
                        .build())
                .createOr(there -> there.update());
    }

    /** Each of these is another way for a key to be met by somebody who does not expect it. */
    private void hurt(String namespace, HerdUnderTest pair) throws Exception {
        api.cutWatches();
        CLUSTER.client()
                .secrets()
                .inNamespace(namespace)
                .withName("other-1-b-peer-tls")
                .delete();
        misplace(namespace, "pair-a-peer-tls", "tls.key", "tls.crt");
        misplace(namespace, "other-2-c-peer-tls", "tls.key", "ca.crt");
        misplace(namespace, "other-3-peer-ca", "ca.key", "ca.crt");
        writeSecret(
                namespace,
                "google",
                Map.of("api-key", text(namespace, "pair-b-peer-tls", "tls.key").orElse("\u0001")));
        for (ServerUnderTest server : pair.servers()) {
            ask(server, api.failures());
            heard.add(server.says("\u0000nonsense"));
            heard.add(toPeerPort(server, "PEER pair B\n"));
            heard.add(toPeerPort(server, "\u0016\u0003\u0001\u0000\u0005nonsense"));
        }
    }

    /** Another place each time, so that Google is asked. */
    private void ask(ServerUnderTest server, int minute) throws IOException {
        heard.add(
                server.says("IAMAT kiwi +34.%02d-118.4 %d".formatted(minute % 60, System.currentTimeMillis() / 1_000)));
        heard.add(server.says("WHATSAT kiwi 10 1"));
    }

    /** A key in the place of a certificate. */
    private static void misplace(String namespace, String secret, String key, String place) {
        Optional<String> text = text(namespace, secret, key);
        text.ifPresent(there -> CLUSTER.client()
                .secrets()
                .inNamespace(namespace)
                .withName(secret)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("stringData", Map.of(place, there)))));
    }

    private static Optional<String> text(String namespace, String secret, String file) {
        return Optional.ofNullable(CLUSTER.client()
                        .secrets()
                        .inNamespace(namespace)
                        .withName(secret)
                        .get())
                .map(there -> PeerSecret.files(there).get(file));
    }

    private static String toPeerPort(ServerUnderTest server, String text) throws IOException {
        InetSocketAddress address = server.ports().address(server.pod(), 12_100);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (java.net.SocketException refused) {
            return "";
        }
    }

    /** Else a search that finds nothing would say nothing. */
    private void assertThatTheSearchFinds(String placesKey) {
        assertThat(canaries.in("? " + placesKey)).contains(placesKey);
        assertThat(api.requests().stream().filter(FaultyApi.Request::writesASecret))
                .hasSizeGreaterThan(20)
                .anyMatch(request -> !canaries.in(request.body()).isEmpty());
        assertThat(places.asked()).isGreaterThan(20);
        assertThat(operator.read().lines())
                .anyMatch(line -> line.contains(" TRACE "))
                .anyMatch(line -> line.contains("pair-a-peer-tls"));
    }

    /** All that left a process, by its way. */
    private Map<String, String> said(HerdUnderTest pair, String namespace) throws Exception {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("the operator's log", operator.read());
        for (String page : List.of("/metrics", "/livez", "/readyz", "/nowhere")) {
            said.put("the operator's " + page, operator.get(page));
        }
        said.put("the operator's process", commandAndEnvironment(operator.pid()));
        // Statuses and events are among them.
        api.requests().stream()
                .filter(request -> !request.writesASecret())
                .forEach(request ->
                        said.merge("what the operator asked of " + request.line(), request.all(), String::concat));
        said.put("answers of servers", String.join("\n", heard));
        for (Pod pod : pair.pods()) {
            String name = pod.getMetadata().getName();
            said.put(
                    "the log of " + name,
                    CLUSTER.client()
                            .pods()
                            .inNamespace(namespace)
                            .withName(name)
                            .getLog());
            String container = pod.getStatus().getContainerStatuses().get(0).getContainerID();
            said.put(
                    "the process of " + name,
                    commandAndEnvironment(Long.parseLong(container.substring("process://".length()))));
        }
        for (ServerUnderTest server : pair.servers()) {
            InetSocketAddress admin = server.ports().address(server.pod(), 12_200);
            for (String page : List.of("/metrics", "/status", "/livez", "/readyz")) {
                URI uri = URI.create("http://" + admin.getHostString() + ":" + admin.getPort() + page);
                try (InputStream answer = uri.toURL().openStream()) {
                    said.put(server.name() + page, new String(answer.readAllBytes(), ISO_8859_1));
                }
            }
        }
        return said;
    }

    private static String commandAndEnvironment(long process) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process));
        return Files.readString(folder.resolve("cmdline"), ISO_8859_1)
                + Files.readString(folder.resolve("environ"), ISO_8859_1);
    }
}
