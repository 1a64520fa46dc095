package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.serverherd.operator.api.NetworkPeer;
import io.serverherd.operator.api.NetworkPolicySpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may talk to whom, one policy for the herd:
 * <pre>
 *   anybody, or the listed clients → client port
 *   servers of the herd           ↔ peer port
 *   operator, listed monitoring    → admin port
 *   DNS, Places or its proxy       ← every server
 * </pre>
 * The kubelet is always let in, so probes and port-forwards work whatever is said here.
 */
final class HerdNetworkPolicy {
    private static final int DNS = 53;
    /** The label the cluster itself gives every namespace. */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private HerdNetworkPolicy() {}

    /**
     * @param spec     null: nothing said
     * @param operator namespace; empty: not known, and then everybody may reach the admin port, for an operator that cannot
     *     could not rewire
     */
    static NetworkPolicy of(
            HerdIdentity herd,
            NetworkPolicySpec spec,
            String placesEndpoint,
            ProxyVariables proxies,
            Optional<String> operator) {
        return new NetworkPolicyBuilder()
                .withMetadata(herd.metadata(herd.name()))
                .withNewSpec()
                .withPodSelector(selector(Labels.selectHerd(herd.name())))
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(
                        ingress(Ports.CLIENT, clients(spec)),
                        ingress(Ports.PEER, List.of(servers(herd))),
                        ingress(Ports.ADMIN, admins(spec, operator)))
                .withEgress(
                        egress(List.of(), port("UDP", DNS), port("TCP", DNS)),
                        egress(List.of(servers(herd)), port("TCP", Ports.PEER)),
                        egress(List.of(), placesPorts(placesEndpoint, proxies)))
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyPeer> clients(NetworkPolicySpec spec) {
        return spec == null || spec.clients() == null ? List.of() : peers(spec.clients());
    }

    private static List<NetworkPolicyPeer> admins(NetworkPolicySpec spec, Optional<String> operator) {
        if (operator.isEmpty()) {
            return List.of();
        }
        List<NetworkPolicyPeer> admins = new ArrayList<>();
        admins.add(new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(selector(Map.of(NAMESPACE_NAME, operator.get())))
                .withPodSelector(selector(Labels.selectOperator()))
                .build());
        if (spec != null && spec.monitoring() != null) {
            admins.addAll(peers(spec.monitoring()));
        }
        return admins;
    }

    private static NetworkPolicyPeer servers(HerdIdentity herd) {
        return new NetworkPolicyPeerBuilder()
                .withPodSelector(selector(Labels.selectHerd(herd.name())))
                .build();
    }

    private static List<NetworkPolicyPeer> peers(List<NetworkPeer> specs) {
        return specs.stream().map(HerdNetworkPolicy::peer).toList();
    }

    private static NetworkPolicyPeer peer(NetworkPeer spec) {
        if (spec.cidr() != null) {
            return new NetworkPolicyPeerBuilder()
                    .withNewIpBlock()
                    .withCidr(spec.cidr())
                    .endIpBlock()
                    .build();
        }
        return new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(spec.namespaceLabels() == null ? null : selector(spec.namespaceLabels()))
                .withPodSelector(spec.podLabels() == null ? null : selector(spec.podLabels()))
                .build();
    }

    private static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    /** @param from empty: anybody, as Kubernetes has it */
    private static NetworkPolicyIngressRule ingress(int number, List<NetworkPolicyPeer> from) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(port("TCP", number))
                .build();
    }

    /** @param to empty: anywhere */
    private static NetworkPolicyEgressRule egress(List<NetworkPolicyPeer> to, NetworkPolicyPort... ports) {
        return new NetworkPolicyEgressRuleBuilder().withTo(to).withPorts(ports).build();
    }

    private static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }

    private static NetworkPolicyPort[] placesPorts(String endpoint, ProxyVariables proxies) {
        return Stream.concat(Stream.of(placesPort(endpoint)), proxies.ports().stream())
                .distinct()
                .map(number -> port("TCP", number))
                .toArray(NetworkPolicyPort[]::new);
    }

    private static int placesPort(String endpoint) {
        URI uri = URI.create(endpoint);
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return "http".equals(uri.getScheme()) ? 80 : 443;
    }
}
