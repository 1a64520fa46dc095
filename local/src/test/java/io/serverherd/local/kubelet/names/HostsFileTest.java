package io.serverherd.local.kubelet.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsFileTest {

    private static final Service PEERS =
            service("peers", "{clusterIP: None, publishNotReadyAddresses: true, selector: {app: w}}");
    private static final Service READY_ONLY = service("ready", "{clusterIP: None, selector: {app: w}}");

    @Test
    void aPodBehindAHeadlessServiceHasItsOwnName() {
        assertThat(HostsFile.of(List.of(pod("w-0", "peers", "127.0.1.1", true)), List.of(PEERS), Map.of()))
                .endsWith("127.0.0.1 localhost\n127.0.1.1 peers.n peers.n.svc peers.n.svc.cluster.local"
                        + " w-0.peers.n w-0.peers.n.svc w-0.peers.n.svc.cluster.local\n");
    }

    @Test
    void aPodThatIsNotReadyIsNamedOnlyWhereItIsToBePublished() {
        List<Pod> pods = List.of(pod("w-0", "ready", "127.0.1.1", false), pod("w-1", "peers", "127.0.1.2", false));

        String text = HostsFile.of(pods, List.of(PEERS, READY_ONLY), Map.of());

        assertThat(text).doesNotContain("w-0.ready").contains("w-1.peers.n.svc ");
    }

    @Test
    void aPodWithoutAnAddressOrOfOtherLabelsIsNotNamed() {
        Pod starting = pod("w-0", "peers", null, false);
        Pod other = pod("w-1", "peers", "127.0.1.2", true);
        other.getMetadata().setLabels(Map.of("app", "other"));
        Pod elsewhere = pod("w-2", "peers", "127.0.1.3", true);
        elsewhere.getMetadata().setNamespace("m");

        assertThat(HostsFile.of(List.of(starting, other, elsewhere), List.of(PEERS), Map.of()))
                .doesNotContain("w-0", "w-1", "w-2");
    }

    @Test
    void anOrdinaryServicesNameMeansItsReadyPods() {
        Service clients = service("herd", "{selector: {app: w}}");
        List<Pod> pods = List.of(pod("w-0", "peers", "127.0.1.1", true), pod("w-1", "peers", "127.0.1.2", false));

        assertThat(HostsFile.of(pods, List.of(clients), Map.of()))
                .contains("127.0.1.1 herd.n herd.n.svc herd.n.svc.cluster.local\n")
                .doesNotContain("127.0.1.2");
    }

    @Test
    void outsideNamesAreListed() {
        assertThat(HostsFile.of(
                        List.of(), List.of(), Map.of("maps.googleapis.com", List.of("192.0.2.1", "2001:db8::1"))))
                .contains("192.0.2.1 maps.googleapis.com\n2001:db8::1 maps.googleapis.com\n");
    }

    private static Pod pod(String name, String subdomain, String ip, boolean ready) {
        Pod pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {namespace: n, name: %1$s, labels: {app: w, more: x}}
                spec: {hostname: %1$s, subdomain: %2$s}
                status: {phase: Running, conditions: [{type: Ready, status: "%3$s"}]}
                """.formatted(name, subdomain, ready ? "True" : "False"), Pod.class);
        pod.getStatus().setPodIP(ip);
        return pod;
    }

    private static Service service(String name, String spec) {
        return Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: Service, metadata: {namespace: n, name: %s}, spec: %s}"
                        .formatted(name, spec),
                Service.class);
    }
}
