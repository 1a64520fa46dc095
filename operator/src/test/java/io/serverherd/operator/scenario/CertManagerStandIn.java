package io.serverherd.operator.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Plays cert-manager on a cluster that has none: its Certificates are known for as long as this is open, and those of an issuer
 * that is there are issued, written into their Secrets and said to be ready.
 */
final class CertManagerStandIn implements AutoCloseable {
    private static final String NAME = "certificates.cert-manager.io";
    private static final Path DEFINITION = Path.of("src/test/resources/cert-manager/certificates.yaml");
    private static final ResourceDefinitionContext CERTIFICATES = new ResourceDefinitionContext.Builder()
            .withGroup("cert-manager.io")
            .withVersion("v1")
            .withKind("Certificate")
            .withPlural("certificates")
            .withNamespaced(true)
            .build();
    /** Not known any more, written meanwhile, or its namespace is going. */
    private static final Set<Integer> ANOTHER_TIME =
            Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_FORBIDDEN);

    private final KubernetesClient client;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, IssuerStandIn> issuers = new ConcurrentHashMap<>();
    /** What each was last issued for, by UID. */
    private final Map<String, String> done = new ConcurrentHashMap<>();

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private volatile Throwable failure;

    private CertManagerStandIn(KubernetesClient client) {
        this.client = client;
    }

    static CertManagerStandIn install(KubernetesClient client) throws IOException {
        List<HasMetadata> definition = ProjectFiles.load(DEFINITION);
        await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> client.resource(definition.get(0)).create());
        CertManagerStandIn standIn = new CertManagerStandIn(client);
        standIn.worker.scheduleWithFixedDelay(standIn::work, 0, 100, TimeUnit.MILLISECONDS);
        return standIn;
    }

    CertManagerStandIn withIssuer(String name) throws Exception {
        issuers.put(name, new IssuerStandIn(true));
        return this;
    }

    CertManagerStandIn withIssuerThatKeepsItsCa(String name) throws Exception {
        issuers.put(name, new IssuerStandIn(false));
        return this;
    }

    /** All of them, as if their time had come. */
    void renew() {
        done.clear();
    }

    /** Of a namespace, by name. */
    Map<String, JsonNode> certificates(String namespace) {
        Map<String, JsonNode> found = new HashMap<>();
        client.genericKubernetesResources(CERTIFICATES)
                .inNamespace(namespace)
                .list()
                .getItems()
                .forEach(certificate -> found.put(certificate.getMetadata().getName(), json.valueToTree(certificate)));
        return found;
    }

    private void work() {
        try {
            for (GenericKubernetesResource certificate : client.genericKubernetesResources(CERTIFICATES)
                    .inAnyNamespace()
                    .list()
                    .getItems()) {
                look(certificate);
            }
            // What went wrong before has been done since.
            failure = null;
        } catch (KubernetesClientException e) {
            if (!ANOTHER_TIME.contains(e.getCode())) {
                failure = e;
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    private void look(GenericKubernetesResource certificate) throws Exception {
        JsonNode spec = json.valueToTree(certificate.get("spec"));
        IssuerStandIn issuer = issuers.get(spec.at("/issuerRef/name").asText());
        String doing = certificate.getMetadata().getGeneration() + " " + System.identityHashCode(issuer);
        String uid = certificate.getMetadata().getUid();
        if (doing.equals(done.get(uid))) {
            return;
        }
        if (issuer == null) {
            String message = "Referenced \"Issuer\" not found: "
                    + spec.at("/issuerRef/name").asText();
            say(certificate, "False", "DoesNotExist", "Issuing certificate as Secret does not exist", null, message);
        } else {
            IssuerStandIn.Issue issue = issuer.issue(spec);
            write(certificate, spec, issue.files());
            say(
                    certificate,
                    "True",
                    "Ready",
                    "Certificate is up to date and has not expired",
                    issue.certificate().getNotAfter().toInstant(),
                    null);
        }
        done.put(uid, doing);
    }

    private void write(GenericKubernetesResource certificate, JsonNode spec, Map<String, String> files) {
        Map<String, String> data = new HashMap<>();
        files.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        Map<String, String> labels = new HashMap<>(Map.of("controller.cert-manager.io/fao", "true"));
        spec.at("/secretTemplate/labels")
                .properties()
                .forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
        String namespace = certificate.getMetadata().getNamespace();
        String name = spec.path("secretName").asText();
        ServerSideApply.of(
                client,
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(labels)
                        .addToAnnotations("cert-manager.io/certificate-name", name)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withData(data)
                        .build());
    }

    /**
     * @param ends  null: there is none
     * @param wrong null: nothing
     */
    private void say(
            GenericKubernetesResource certificate,
            String ready,
            String reason,
            String message,
            Instant ends,
            String wrong) {
        Map<String, Object> status = new HashMap<>();
        Map<String, Object> isReady = condition(certificate, "Ready", ready, reason, message);
        status.put(
                "conditions",
                wrong == null
                        ? List.of(isReady)
                        : List.of(isReady, condition(certificate, "Issuing", "False", "Failed", wrong)));
        if (ends != null) {
            status.put("notAfter", ends.toString());
        }
        certificate.setAdditionalProperty("status", status);
        client.resource(certificate).updateStatus();
    }

    private static Map<String, Object> condition(
            GenericKubernetesResource certificate, String type, String status, String reason, String message) {
        return Map.of(
                "type", type,
                "status", status,
                "reason", reason,
                "message", message,
                "observedGeneration", certificate.getMetadata().getGeneration(),
                "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Returns when no Certificate is known any more. */
    @Override
    public void close() {
        worker.shutdown();
        await().atMost(OperatedCluster.PATIENCE).until(worker::isTerminated);
        client.apiextensions().v1().customResourceDefinitions().withName(NAME).delete();
        await().atMost(OperatedCluster.PATIENCE)
                .until(() -> client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(NAME)
                                .get()
                        == null);
        if (failure != null) {
            throw new IllegalStateException("the stand-in for cert-manager", failure);
        }
    }
}
