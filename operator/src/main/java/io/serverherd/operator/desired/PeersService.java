package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The headless Service that gives each pod its name; also before it is ready, for readiness may need its peers. */
final class PeersService {
    private PeersService() {}

    static Service of(HerdIdentity herd) {
        return new ServiceBuilder()
                .withMetadata(herd.metadata(herd.peersService()))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selectHerd(herd.name()))
                .addNewPort()
                .withName(Ports.PEER_NAME)
                .withProtocol("TCP")
                .withPort(Ports.PEER)
                .withTargetPort(new IntOrString(Ports.PEER_NAME))
                .endPort()
                .endSpec()
                .build();
    }
}
