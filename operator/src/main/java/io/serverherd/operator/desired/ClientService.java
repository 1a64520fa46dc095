package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.serverherd.operator.api.ServiceSpec;
import java.util.Map;

/** The Services for clients. */
final class ClientService {
    private ClientService() {}

    /** Any ready server, since every server answers every client. */
    static Service ofHerd(HerdIdentity herd, ServiceSpec spec) {
        return service(herd.metadata(herd.name()), Labels.selectHerd(herd.name()), spec);
    }

    /** This one server, when it is ready. */
    static Service ofServer(HerdIdentity herd, DesiredServer server, ServiceSpec spec) {
        return service(
                herd.metadata(server.setName(), Labels.ofServer(herd.name(), server.name(), server.setName())),
                Labels.selectServer(herd.name(), server.setName()),
                spec);
    }

    private static Service service(ObjectMeta metadata, Map<String, String> selector, ServiceSpec spec) {
        return new ServiceBuilder()
                .withMetadata(metadata)
                .editMetadata()
                .withAnnotations(spec.annotations())
                .endMetadata()
                .withNewSpec()
                .withType(spec.type() == null ? ServiceSpec.CLUSTER_IP : spec.type())
                .withSelector(selector)
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
