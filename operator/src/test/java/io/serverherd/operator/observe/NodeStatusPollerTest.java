package io.serverherd.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.CredentialHashes;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeStatusPollerTest {
    private final ServerHerd herd = Herds.herd("h", "A-B");
    private final DesiredHerd desired = DesiredHerd.of(herd, Herds.SETTINGS);
    private final DesiredServer wanted = desired.servers().get(0);
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String answer = "";
    private HttpServer node;
    private NodeStatusPoller poller;

    @BeforeEach
    void startANodeThatAnswersWhatTheTestSays() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/status", exchange -> {
            asked.incrementAndGet();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, answer.isEmpty() ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        node.start();
        poller = new NodeStatusPoller(node.getAddress().getPort(), Duration.ofMinutes(1));
        poller.events().setEventHandler(events::add);
        poller.events().start();
    }

    @AfterEach
    void stop() {
        poller.close();
        node.stop(0);
    }

    @Test
    void anAnswerIsKeptAndStartsAReconciliation() {
        answer = status("abc", true, "loaded", 1);

        follow("pod-1");

        await().until(() -> poller.answer("pod-1").isPresent());
        NodeStatus said = poller.answer("pod-1").orElseThrow();
        assertThat(said.configHash()).isEqualTo("abc");
        assertThat(said.connected()).containsExactly("B");
        assertThat(said.places()).isEqualTo(NodeStatus.Places.of(NodeStatus.PlacesKey.LOADED));
        await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(events.get(0).getRelatedCustomResourceID().getName()).isEqualTo("h");
    }

    @Test
    void whatAServerSaysOfPlacesIsRead() {
        answer = status("abc", true, "loaded", 1)
                .replaceFirst(
                        "\\{",
                        "{\"placesKeyError\": \"too large\", \"placesCaError\": \"is missing\","
                                + " \"placesBudgetSpent\": true, ");

        follow("pod-1");

        await().until(() -> poller.answer("pod-1").isPresent());
        assertThat(poller.answer("pod-1").orElseThrow().places())
                .isEqualTo(new NodeStatus.Places(NodeStatus.PlacesKey.LOADED, "too large", "is missing", true));
    }

    @Test
    void whatChangesWithTrafficStartsNothing() {
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> events.size() == 1);
        int before = asked.get();

        answer = status("abc", true, "loaded", 1_000_000);

        await().until(() -> asked.get() > before + 3);
        assertThat(events).hasSize(1);
    }

    @Test
    void aLostLinkStartsAReconciliation() {
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> events.size() == 1);

        answer = status("abc", false, "loaded", 1);

        await().untilAsserted(() -> assertThat(events).hasSize(2));
        assertThat(poller.answer("pod-1").orElseThrow().connected()).isEmpty();
    }

    @Test
    void aServerThatHasNotTakenItsCertificateYetIsAskedOften() {
        DesiredServer renewed = new DesiredServer(
                wanted.name(),
                wanted.setName(),
                wanted.neighbours(),
                wanted.encrypted(),
                wanted.configHash(),
                Optional.of(new CredentialHashes("new", "ca")),
                Optional.empty());
        answer = withCertificate("old");
        follow("pod-1", renewed);

        // At rest it would be asked twice.
        await().atMost(Duration.ofSeconds(5)).until(() -> asked.get() > 5);
        answer = withCertificate("new");

        await().until(() -> events.size() == 2);
        int before = asked.get();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).untilAsserted(() -> assertThat(asked.get())
                .isLessThanOrEqualTo(before + 1));
    }

    private String withCertificate(String hash) {
        return status(wanted.configHash(), true, "loaded", 1)
                .replaceFirst("\\{", "{\"peerTls\": {\"certificate\": \"" + hash + "\", \"trust\": \"ca\"}, ");
    }

    @Test
    void aServerThatGoesSilentIsUnknown() {
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> events.size() == 1);

        answer = "";

        await().until(() -> poller.answer("pod-1").isEmpty());
        await().untilAsserted(() -> assertThat(events).hasSize(2));
    }

    @Test
    void anAnswerThatIsNoStatusIsNoAnswer() {
        answer = "<html>";
        follow("pod-1");

        await().until(() -> asked.get() > 3);
        assertThat(poller.answer("pod-1")).isEmpty();
    }

    @Test
    void aServerIsAwaitedUntilItAnswersOrIsKnownNotTo() {
        assertThat(poller.awaitsAnswer("pod-1")).isTrue();
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> !poller.awaitsAnswer("pod-1"));

        answer = "";
        follow("pod-2");

        assertThat(poller.awaitsAnswer("pod-2")).isTrue();
        await().until(() -> !poller.awaitsAnswer("pod-2"));
        await().untilAsserted(
                        () -> assertThat(events).as("an answer, and a silence").hasSize(2));
    }

    @Test
    void aPodThatIsGoneIsNotAskedAnyMoreAndItsSuccessorHasSaidNothing() {
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> poller.answer("pod-1").isPresent());

        answer = "";
        follow("pod-2");

        await().until(() -> poller.answer("pod-1").isEmpty());
        assertThat(poller.answer("pod-2")).isEmpty();
    }

    @Test
    void aHerdThatNobodyFollowsIsForgotten() {
        answer = status("abc", true, "loaded", 1);
        poller.close();
        poller = new NodeStatusPoller(node.getAddress().getPort(), Duration.ofMillis(200));
        poller.events().setEventHandler(events::add);
        poller.events().start();
        follow("pod-1");
        await().until(() -> poller.answer("pod-1").isPresent());

        await().until(() -> poller.answer("pod-1").isEmpty());
    }

    @Test
    void whoForgetsAsksNobodyAndWantsToBeToldAgain() {
        answer = status("abc", true, "loaded", 1);
        follow("pod-1");
        await().until(() -> events.size() == 1);

        poller.forget();

        await().until(() -> events.size() == 2);
        assertThat(poller.awaitsAnswer("pod-1")).isTrue();
        int before = asked.get();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).untilAsserted(() -> assertThat(asked.get())
                .isLessThanOrEqualTo(before + 1));
    }

    private void follow(String podUid) {
        follow(podUid, wanted);
    }

    private void follow(String podUid, DesiredServer wanted) {
        ObservedPod pod = new ObservedPod(
                "h-a-0",
                podUid,
                Instant.EPOCH,
                Optional.of("127.0.0.1"),
                true,
                false,
                Optional.of("new"),
                Optional.empty(),
                Optional.empty());
        ObservedServer server = new ObservedServer(
                Optional.of(new ObservedSet("set", Optional.of("new"))), Optional.of(pod), Optional.empty());
        poller.follow(
                herd, List.of(wanted), new ObservedHerd(Map.of(), Map.of(), Map.of("h-a", server), List.of(), true));
    }

    private static String status(String hash, boolean connected, String placesKey, int clients) {
        return """
                {"herd":"h","server":"A","version":"1","configHash":"%s","digest":"%d","clients":%d,"placesKey":"%s",
                 "peers":[{"server":"B","connected":%s,"since":"2026-01-01T00:00:00Z"}],"later":{"unknown":1}}""".formatted(hash, clients, clients, placesKey, connected);
    }
}
