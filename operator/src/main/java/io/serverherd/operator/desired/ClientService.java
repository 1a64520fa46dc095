package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;

/** The Service for clients: any ready server, since every server answers every client. */
final class ClientService {
    private ClientService() {}

    static Service of(HerdIdentity herd) {
        return new ServiceBuilder()
                .withMetadata(herd.metadata(herd.name()))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Labels.selectHerd(herd.name()))
                .addNewPort()
                .withName(Ports.CLIENT_NAME)
                .withProtocol("TCP")
                .withPort(Ports.CLIENT)
                .withTargetPort(new IntOrString(Ports.CLIENT_NAME))
                .endPort()
                .endSpec()
                .build();
    }
}
