package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServerSpec;
import io.serverherd.operator.api.ServiceSpec;
import io.serverherd.operator.api.StorageSpec;
import io.serverherd.operator.topology.Edge;
import io.serverherd.operator.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that a ServerHerd wants to be there.
 *
 * @param servers   in the order of their names
 * @param objects   in the order in which to apply them
 * @param storageSize of each server's claim; empty: none is wanted
 * @param placesKey where the Places key should be; empty: none is wanted
 * @param links     how they are to be secured now
 */
public record DesiredHerd(
        Topology topology,
        List<DesiredServer> servers,
        List<HasMetadata> objects,
        Optional<Quantity> storageSize,
        Optional<SecretKeyRef> placesKey,
        LinkSecurity links) {

    /** @param herd valid, as {@code SpecValidator} has found */
    public static DesiredHerd of(ServerHerd herd, HerdSettings settings) {
        ServerHerdSpec spec = herd.getSpec();
        HerdIdentity identity = HerdIdentity.of(herd);
        Topology topology = topology(spec);
        LiveSettings live = LiveSettings.of(spec, settings);
        Optional<SecretKeyRef> placesKey = Optional.ofNullable(spec.places()).map(PlacesSpec::secretRef);
        String image = spec.image() == null ? settings.nodeImage() : spec.image();
        Map<String, String> imageNote = spec.image() == null ? Map.of(Labels.DEFAULT_IMAGE, image) : Map.of();
        ServerData data = new ServerData(spec.storage());
        SecretMounts secrets = new SecretMounts(identity.name(), spec.places(), spec.clientTls());
        Function<String, String> address = address(identity);

        ServiceSpec service = spec.service() == null ? ServiceSpec.NOTHING_SAID : spec.service();

        List<DesiredServer> servers = new ArrayList<>();
        LinkSecurity links = settings.links();
        List<HasMetadata> objects = new ArrayList<>();
        links.own().authority().ifPresent(files -> objects.add(PeerSecret.ofAuthority(identity, files)));
        objects.add(PeersService.of(identity));
        objects.add(ClientService.ofHerd(identity, service));
        objects.add(HerdDisruptionBudget.of(identity));
        if (spec.networkPolicy() == null || spec.networkPolicy().wanted()) {
            objects.add(HerdNetworkPolicy.of(
                    identity,
                    spec.networkPolicy(),
                    live.places().endpoint(),
                    settings.proxies(),
                    settings.operatorNamespace()));
        }
        if (spec.clientTls() != null && spec.clientTls().issuerRef() != null) {
            objects.add(ClientCertificate.of(identity, clientServices(identity, spec, service), spec.clientTls()));
        }
        for (ServerSpec serverSpec : inOrder(spec.servers())) {
            String name = serverSpec.name();
            PeerConfig config = PeerConfig.of(name, topology, links.encrypted(), live, address);
            Optional<Map<String, String>> credentials =
                    Optional.ofNullable(links.own().credentials().get(name));
            MergedPodSettings pod = new MergedPodSettings(spec.pod(), serverSpec.pod());
            DesiredServer server = new DesiredServer(
                    name,
                    ServerName.of(identity.name(), name),
                    topology.neighbours(name),
                    config.encrypted(),
                    config.hash(),
                    credentials.flatMap(PeerSecret::hashes),
                    Optional.ofNullable(links.issued().ends().get(name)));
            servers.add(server);
            // Before the set: a pod that starts finds them.
            credentials.ifPresent(files -> objects.add(PeerSecret.ofServer(identity, name, server.setName(), files)));
            links.issued()
                    .issuer()
                    .ifPresent(issuer -> objects.add(PeerCertificate.of(
                            identity, PeerMember.of(identity, name, settings.trustDomain()), issuer)));
            if (Boolean.TRUE.equals(service.perServer())) {
                objects.add(ClientService.ofServer(identity, server, service));
            }
            objects.add(ServerConfigMap.of(identity, server, config));
            objects.add(ServerStatefulSet.of(
                    identity,
                    server,
                    ServerPod.template(identity, server, image, secrets, settings.proxies(), data, pod),
                    data,
                    imageNote));
        }
        return new DesiredHerd(
                topology,
                List.copyOf(servers),
                List.copyOf(objects),
                Optional.ofNullable(spec.storage()).map(StorageSpec::size),
                placesKey,
                links);
    }

    /** @param spec valid */
    public static Topology topology(ServerHerdSpec spec) {
        return Topology.of(
                spec.servers().stream().map(ServerSpec::name).toList(),
                spec.edges().stream().map(edge -> Edge.of(edge.a(), edge.b())).toList());
    }

    /** What clients are to be shown, where cert-manager is asked for it; empty: it is not. */
    public Optional<HasMetadata> clientCertificate() {
        return objects.stream().filter(ClientCertificate::is).findFirst();
    }

    private static List<ServerSpec> inOrder(List<ServerSpec> servers) {
        return servers.stream().sorted(Comparator.comparing(ServerSpec::name)).toList();
    }

    private static List<String> clientServices(HerdIdentity herd, ServerHerdSpec spec, ServiceSpec service) {
        Stream<String> ofServers = Boolean.TRUE.equals(service.perServer())
                ? inOrder(spec.servers()).stream().map(server -> ServerName.of(herd.name(), server.name()))
                : Stream.empty();
        return Stream.concat(Stream.of(herd.name()), ofServers).toList();
    }

    private static Function<String, String> address(HerdIdentity herd) {
        return server -> herd.peerHost(server) + ":" + Ports.PEER;
    }
}
