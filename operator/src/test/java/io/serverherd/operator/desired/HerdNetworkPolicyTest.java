package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.NetworkPeer;
import io.serverherd.operator.api.NetworkPolicySpec;
import io.serverherd.operator.api.ServerHerd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HerdNetworkPolicyTest {
    private static final HerdSettings KNOWN = settings(Optional.of("serverherd-system"));
    private static final HerdSettings UNKNOWN = settings(Optional.empty());
    private static final String ADMIN = "12200";

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void byDefaultClientsComeFromAnywherePeersFromTheHerdAndOnlyTheOperatorAsks() {
        NetworkPolicy policy = policy(Herds.herd("h", "A-B"), KNOWN);

        assertThat(from("12000", policy)).isEqualTo("[]");
        assertThat(from("12100", policy))
                .isEqualTo("[{podSelector={matchLabels={app.kubernetes.io/name=serverherd, serverherd.io/herd=h}}}]");
        assertThat(from(ADMIN, policy))
                .isEqualTo("[{namespaceSelector={matchLabels={kubernetes.io/metadata.name=serverherd-system}},"
                        + " podSelector={matchLabels={app.kubernetes.io/name=serverherd-operator}}}]");
    }

    @Test
    void anOperatorThatDoesNotKnowItsNamespaceDoesNotLockItselfOut() {
        ServerHerd herd = Herds.with(
                Herds.herd("h", "A"),
                "networkPolicy",
                new NetworkPolicySpec(null, null, List.of(peer(Map.of(), null, null))));

        assertThat(from(ADMIN, policy(herd, UNKNOWN))).isEqualTo("[]");
    }

    @Test
    void clientsAndMonitoringAreAsListed() {
        ServerHerd herd = Herds.with(
                Herds.herd("h", "A"),
                "networkPolicy",
                new NetworkPolicySpec(
                        true,
                        List.of(
                                peer(null, Map.of("app", "phone"), null),
                                peer(Map.of(), null, null),
                                peer(null, null, "10.0.0.0/8")),
                        List.of(peer(Map.of("team", "ops"), Map.of("app", "prometheus"), null))));

        NetworkPolicy policy = policy(herd, KNOWN);

        assertThat(from("12000", policy))
                .isEqualTo("[{podSelector={matchLabels={app=phone}}}, {namespaceSelector={}},"
                        + " {ipBlock={cidr=10.0.0.0/8}}]");
        assertThat(from(ADMIN, policy))
                .contains("serverherd-operator")
                .endsWith(
                        ", {namespaceSelector={matchLabels={team=ops}}, podSelector={matchLabels={app=prometheus}}}]");
    }

    @ParameterizedTest
    @CsvSource({
        "https://maps.googleapis.com,     443",
        "http://places,                    80",
        "http://places:8080/demo,        8080",
        "https://[2001:db8::1]:8443,     8443",
    })
    void thePortOfPlacesIsOpenToGoOut(String endpoint, int port) {
        ServerHerd herd = Herds.with(Herds.herd("h", "A"), "places", Herds.places(Map.of("endpoint", endpoint)));

        List<NetworkPolicyEgressRule> egress = policy(herd, KNOWN).getSpec().getEgress();

        assertThat(egress)
                .extracting(rule -> rule.getPorts().get(0).getPort().getIntVal())
                .containsExactly(53, 12100, port);
        assertThat(egress.get(2).getTo()).isEmpty();
    }

    @Test
    void soAreThePortsOfProxies() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://proxy:3128", "HTTP_PROXY", "proxy");
        HerdSettings settings = new HerdSettings(
                KNOWN.nodeImage(),
                KNOWN.placesEndpoint(),
                ProxyVariables.of(environment),
                KNOWN.operatorNamespace(),
                KNOWN.trustDomain(),
                LinkSecurity.NONE);

        assertThat(policy(Herds.herd("h", "A"), settings)
                        .getSpec()
                        .getEgress()
                        .get(2)
                        .getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(443, 80, 3128);
    }

    @Test
    void itCanBeTurnedOff() {
        ServerHerd herd = Herds.with(Herds.herd("h", "A"), "networkPolicy", new NetworkPolicySpec(false, null, null));

        assertThat(DesiredHerd.of(herd, KNOWN).objects()).noneMatch(NetworkPolicy.class::isInstance);
    }

    private static HerdSettings settings(Optional<String> operatorNamespace) {
        return new HerdSettings(
                Herds.SETTINGS.nodeImage(),
                Herds.SETTINGS.placesEndpoint(),
                ProxyVariables.NONE,
                operatorNamespace,
                Herds.SETTINGS.trustDomain(),
                LinkSecurity.NONE);
    }

    private static NetworkPeer peer(Map<String, String> namespaceLabels, Map<String, String> podLabels, String cidr) {
        return new NetworkPeer(namespaceLabels, podLabels, cidr);
    }

    private static NetworkPolicy policy(ServerHerd herd, HerdSettings settings) {
        return DesiredHerd.of(herd, settings).objects().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Who may reach a port, as the API gets it. */
    private String from(String port, NetworkPolicy policy) {
        return policy.getSpec().getIngress().stream()
                .filter(rule -> rule.getPorts().get(0).getPort().toString().contains(port))
                .map(NetworkPolicyIngressRule::getFrom)
                .map(peers -> serialization.convertValue(peers, List.class).toString())
                .findFirst()
                .orElse("closed");
    }
}
