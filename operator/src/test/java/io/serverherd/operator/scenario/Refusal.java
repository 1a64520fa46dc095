package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A herd no API server may accept. The same table is tried on the local API, on a real one, and on the operator, which may meet
 * an API server that has other rules.
 *
 * @param field   the field the refusal must name, as in the causes of the Status
 * @param message what the refusal must say, so that a person knows what to change
 */
record Refusal(String title, HerdManifest herd, String field, String message) {

    static Stream<Refusal> all() {
        HerdManifest two = HerdManifest.herd("refused").servers("Alford Ball");
        return Stream.of(
                new Refusal("no servers at all", HerdManifest.herd("refused"), "spec.servers", "Required value"),
                new Refusal(
                        "an empty list of servers", two.with("servers", List.of()), "spec.servers", "at least 1 item"),
                new Refusal(
                        "two servers of one name", two.servers("Alford Alford"), "spec.servers[1]", "Duplicate value"),
                new Refusal(
                        "two names that differ only in case",
                        two.servers("Alford alford"),
                        "spec.servers",
                        "server \"Alford\" is listed twice"),
                new Refusal(
                        "an edge to itself",
                        two.edges("Ball-Ball"),
                        "spec.edges[0]",
                        "server \"Ball\" has an edge to itself"),
                new Refusal(
                        "an unknown neighbour",
                        two.edges("Alford-Ball Alford-Welsh"),
                        "spec.edges",
                        "names \"Welsh\", which is not in spec.servers"),
                new Refusal(
                        "a name that climbs out of its folder",
                        two.servers("../etc Ball"),
                        "spec.servers[0].name",
                        "should match"),
                new Refusal("a name of 33 characters", two.servers("A".repeat(33)), "spec.servers[0].name", "32"),
                new Refusal(
                        "10,000 servers",
                        two.servers(IntStream.range(0, 10_000)
                                .mapToObj(i -> "S" + i)
                                .collect(Collectors.joining(" "))),
                        "spec.servers",
                        "at most 200 items"),
                new Refusal(
                        "certificates of no issuer",
                        two.with("peerTls", Map.of("mode", "CertManager")),
                        "spec.peerTls",
                        "mode: CertManager needs issuerRef"),
                new Refusal(
                        "an issuer of no use",
                        two.with("peerTls", Map.of("issuerRef", Map.of("name", "ca"))),
                        "spec.peerTls",
                        "no other mode has one"),
                new Refusal(
                        "an issuer of a kind that cert-manager has not",
                        two.with(
                                "peerTls",
                                Map.of("mode", "CertManager", "issuerRef", Map.of("name", "ca", "kind", "Vault"))),
                        "spec.peerTls.issuerRef",
                        "kind must be Issuer or ClusterIssuer"),
                new Refusal(
                        "an issuer of another namespace",
                        two.with("peerTls", Map.of("mode", "CertManager", "issuerRef", Map.of("name", "../ca"))),
                        "spec.peerTls.issuerRef.name",
                        "should match"),
                new Refusal(
                        "TLS with clients without a certificate",
                        two.with("clientTls", Map.of("clientCaSecretRef", Map.of("name", "clients"))),
                        "spec.clientTls",
                        "one of secretRef"),
                new Refusal(
                        "two certificates for clients",
                        two.with(
                                "clientTls",
                                Map.of("secretRef", Map.of("name", "a"), "issuerRef", Map.of("name", "ca"))),
                        "spec.clientTls",
                        "and not both"),
                new Refusal(
                        "names for a certificate that is there",
                        two.with(
                                "clientTls",
                                Map.of("secretRef", Map.of("name", "a"), "dnsNames", List.of("a.example"))),
                        "spec.clientTls",
                        "dnsNames are for certificates of issuerRef"),
                new Refusal(
                        "a name that no client could ask for",
                        two.with(
                                "clientTls",
                                Map.of("issuerRef", Map.of("name", "ca"), "dnsNames", List.of("a.example", "A_b"))),
                        "spec.clientTls.dnsNames[1]",
                        "should match"),
                new Refusal(
                        "an issuer for clients of a kind that cert-manager has not",
                        two.with("clientTls", Map.of("issuerRef", Map.of("name", "ca", "kind", "Vault"))),
                        "spec.clientTls.issuerRef",
                        "kind must be Issuer or ClusterIssuer"),
                new Refusal(
                        "a certificate for clients from another namespace",
                        two.with("clientTls", Map.of("secretRef", Map.of("name", "../other/tls"))),
                        "spec.clientTls.secretRef.name",
                        "should match"),
                new Refusal(
                        "a server's own certificate for clients",
                        two.with("clientTls", Map.of("secretRef", Map.of("name", "h-a-peer-tls"))),
                        "spec.clientTls.secretRef.name",
                        "is for the links between servers"),
                new Refusal(
                        "the authority of links as that of clients",
                        two.with(
                                "clientTls",
                                Map.of(
                                        "secretRef",
                                        Map.of("name", "a"),
                                        "clientCaSecretRef",
                                        Map.of("name", "h-peer-ca"))),
                        "spec.clientTls.clientCaSecretRef.name",
                        "is for the links between servers"),
                new Refusal(
                        "an unknown Places API",
                        two.with("places", Map.of("api", "Newest")),
                        "spec.places.api",
                        "supported values: \"Legacy\", \"New\""),
                new Refusal(
                        "a keyword for the new Places API",
                        two.with("places", Map.of("api", "New", "keyword", "tea")),
                        "spec.places",
                        "keyword needs api: Legacy"),
                new Refusal(
                        "an order that the legacy Places API has not",
                        two.with("places", Map.of("rankPreference", "DISTANCE")),
                        "spec.places",
                        "rankPreference needs api: New"),
                new Refusal(
                        "an order that no Places API has",
                        two.with("places", Map.of("api", "New", "rankPreference", "PRICE")),
                        "spec.places.rankPreference",
                        "supported values: \"POPULARITY\", \"DISTANCE\""),
                new Refusal(
                        "a type that is none",
                        two.with("places", Map.of("api", "New", "includedTypes", List.of("cafe", "Book Store"))),
                        "spec.places.includedTypes[1]",
                        "should match"),
                new Refusal(
                        "a language that is none",
                        two.with("places", Map.of("language", "de_DE")),
                        "spec.places.language",
                        "should match"),
                new Refusal(
                        "a keyword of two lines",
                        two.with("places", Map.of("keyword", "tea\ncake")),
                        "spec.places.keyword",
                        "should match"),
                new Refusal(
                        "fewer requests a day than there are servers",
                        two.with("places", Map.of("maxRequestsPerDay", 1)),
                        "spec.places",
                        "maxRequestsPerDay must be at least the number of servers"),
                new Refusal(
                        "fewer requests a second than there are servers",
                        two.with("places", Map.of("maxRequestsPerSecond", 1)),
                        "spec.places",
                        "maxRequestsPerSecond must be at least the number of servers"),
                new Refusal(
                        "no requests at all",
                        two.with("places", Map.of("maxRequestsPerDay", 0)),
                        "spec.places.maxRequestsPerDay",
                        "greater than or equal to 1"),
                new Refusal(
                        "authorities of another folder",
                        two.with("places", Map.of("caSecretRef", Map.of("name", "ca", "key", "../ca"))),
                        "spec.places.caSecretRef.key",
                        "should match"),
                new Refusal(
                        "an endpoint that is no URL",
                        two.with("places", Map.of("endpoint", "maps.googleapis.com")),
                        "spec.places.endpoint",
                        "should match"),
                new Refusal(
                        "a Secret's name with a slash",
                        two.with("places", Map.of("secretRef", Map.of("name", "other/secret"))),
                        "spec.places.secretRef.name",
                        "should match"),
                new Refusal(
                        "a Secret's name with two dots",
                        two.with("places", Map.of("secretRef", Map.of("name", "a..b"))),
                        "spec.places.secretRef.name",
                        "should match"),
                new Refusal(
                        "a Secret's key in another folder",
                        two.with("places", Map.of("secretRef", Map.of("name", "google", "key", "..data"))),
                        "spec.places.secretRef.key",
                        "should match"),
                new Refusal(
                        "authorities of another namespace",
                        two.with("places", Map.of("caSecretRef", Map.of("name", "other/ca"))),
                        "spec.places.caSecretRef.name",
                        "should match"),
                new Refusal(
                        "the herds' own key as that for Places",
                        two.with("places", Map.of("secretRef", Map.of("name", "refused-peer-ca", "key", "ca.key"))),
                        "spec.places.secretRef.name",
                        "is for the links between servers"),
                new Refusal(
                        "a server's own key among authorities",
                        two.with(
                                "places",
                                Map.of("caSecretRef", Map.of("name", "refused-a-peer-tls", "key", "tls.key"))),
                        "spec.places.caSecretRef.name",
                        "is for the links between servers"),
                new Refusal(
                        "an endpoint with a port there is not",
                        two.with("places", Map.of("endpoint", "http://maps:99999")),
                        "spec.places.endpoint",
                        "should match"),
                new Refusal(
                        "lines that a server would not take",
                        two.with("limits", Map.of("lineBytes", 255)),
                        "spec.limits.lineBytes",
                        "greater than or equal to 256"),
                new Refusal(
                        "more connections than a machine has",
                        two.with("limits", Map.of("connections", 1_000_001)),
                        "spec.limits.connections",
                        "less than or equal to 1"),
                new Refusal(
                        "no clients at all",
                        two.with("limits", Map.of("clients", 0)),
                        "spec.limits.clients",
                        "greater than or equal to 1"),
                new Refusal(
                        "a future before now",
                        two.with("limits", Map.of("futureSeconds", -1)),
                        "spec.limits.futureSeconds",
                        "greater than or equal to 0"),
                new Refusal(
                        "an amount of memory that is none",
                        two.with("pod", Map.of("resources", Map.of("limits", Map.of("memory", "plenty")))),
                        "spec.pod.resources.limits.memory",
                        "should match"),
                new Refusal(
                        "a Service of a kind that needs no pods",
                        two.with("service", Map.of("type", "ExternalName")),
                        "spec.service.type",
                        "supported values: \"ClusterIP\", \"NodePort\", \"LoadBalancer\""),
                new Refusal(
                        "a server's Service that would take the peers' name",
                        two.servers("Alford Peers").with("service", Map.of("perServer", true)),
                        "spec.service",
                        "a server named \"peers\" can't have a Service of its own"),
                new Refusal(
                        "clients that are nobody",
                        two.with("networkPolicy", Map.of("clients", List.of())),
                        "spec.networkPolicy.clients",
                        "at least 1 item"),
                new Refusal(
                        "a peer that is neither pods nor addresses",
                        two.with("networkPolicy", Map.of("clients", List.of(Map.of()))),
                        "spec.networkPolicy.clients[0]",
                        "say either cidr, or namespaceLabels, podLabels or both"),
                new Refusal(
                        "a peer that is pods and addresses",
                        two.with(
                                "networkPolicy",
                                Map.of("monitoring", List.of(Map.of("cidr", "10.0.0.0/8", "podLabels", Map.of())))),
                        "spec.networkPolicy.monitoring[0]",
                        "say either cidr, or namespaceLabels, podLabels or both"),
                new Refusal(
                        "addresses that are none",
                        two.with("networkPolicy", Map.of("clients", List.of(Map.of("cidr", "10.0.0.256/8")))),
                        "spec.networkPolicy.clients[0].cidr",
                        "should match"),
                new Refusal(
                        "a label no pod can have",
                        two.with(
                                "networkPolicy",
                                Map.of("clients", List.of(Map.of("podLabels", Map.of("app", "a".repeat(64)))))),
                        "spec.networkPolicy.clients[0].podLabels.app",
                        "63"),
                new Refusal(
                        "a label that a Service selects by",
                        two.with("pod", Map.of("labels", Map.of("serverherd.io/set", "another"))),
                        "spec.pod.labels",
                        "labels of serverherd.io/ and those by which"),
                new Refusal(
                        "a label of one server that a policy selects by",
                        two.pod("Ball", Map.of("labels", Map.of("app.kubernetes.io/name", "another"))),
                        "spec.servers[1].pod.labels",
                        "can't be set"),
                new Refusal(
                        "a label with a value no label can have",
                        two.with("pod", Map.of("labels", Map.of("team", "a b"))),
                        "spec.pod.labels.team",
                        "should match"),
                new Refusal(
                        "an annotation of the operator's",
                        two.with("pod", Map.of("annotations", Map.of("serverherd.io/config-hash", "0"))),
                        "spec.pod.annotations",
                        "annotations of serverherd.io/"),
                new Refusal(
                        "an annotation that frees a container",
                        two.with(
                                "pod",
                                Map.of(
                                        "annotations",
                                        Map.of("container.apparmor.security.beta.kubernetes.io/server", "unconfined"))),
                        "spec.pod.annotations",
                        "those that loosen a container's security can't be set"),
                new Refusal(
                        "a node's label that is in nothing",
                        two.with(
                                "pod",
                                Map.of(
                                        "nodeAffinity",
                                        Map.of("required", List.of(Map.of("key", "disk", "operator", "In"))))),
                        "spec.pod.nodeAffinity.required[0]",
                        "In and NotIn need values"),
                new Refusal(
                        "a preference that weighs nothing",
                        two.with(
                                "pod",
                                Map.of(
                                        "nodeAffinity",
                                        Map.of(
                                                "preferred",
                                                List.of(Map.of("weight", 0, "key", "disk", "operator", "Exists"))))),
                        "spec.pod.nodeAffinity.preferred[0].weight",
                        "greater than or equal to 1"),
                new Refusal(
                        "an effect no taint has",
                        two.with("pod", Map.of("tolerations", List.of(Map.of("effect", "Never")))),
                        "spec.pod.tolerations[0].effect",
                        "supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
                new Refusal(
                        "a pull secret without a name",
                        two.with("pod", Map.of("imagePullSecrets", List.of(Map.of()))),
                        "spec.pod.imagePullSecrets[0].name",
                        "Required value"),
                new Refusal(
                        "a time-out of nothing",
                        two.with("places", Map.of("timeoutSeconds", 0)),
                        "spec.places.timeoutSeconds",
                        "greater than or equal to 1"));
    }

    void assertRefusedBy(KubernetesClient client, String namespace) {
        KubernetesClientException refused =
                catchThrowableOfType(KubernetesClientException.class, () -> client.resource(herd.in(namespace))
                        .create());

        assertThat(refused).as("%s must be refused", title).isNotNull();
        assertThat(refused.getCode()).isEqualTo(422);
        List<StatusCause> causes = refused.getStatus().getDetails().getCauses();
        assertThat(causes).extracting(StatusCause::getField).contains(field);
        assertThat(causes)
                .filteredOn(cause -> cause.getField().equals(field))
                .anySatisfy(cause -> assertThat(cause.getMessage()).contains(message));
        assertThat(refused.getStatus().getMessage()).contains(field).contains(message);
    }

    @Override
    public String toString() {
        return title;
    }
}
