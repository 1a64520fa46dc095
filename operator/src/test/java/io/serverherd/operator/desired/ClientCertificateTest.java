package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.Records;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServiceSpec;
import io.serverherd.operator.api.TlsSecretRef;
import io.serverherd.operator.certmanager.Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {
    private static final IssuerRef CA = new IssuerRef("company", "ClusterIssuer", null);
    private static final ServerHerd HERD = Herds.herd("h", "A-B");

    @Test
    void certManagerIsAskedForOneCertificateWithTheNamesOfTheService() {
        List<Certificate> certificates = certificates(issued(HERD, null));

        assertThat(certificates).hasSize(1);
        Certificate certificate = certificates.get(0);
        assertThat(certificate.getMetadata().getName()).isEqualTo("h-client-tls");
        assertThat(certificate.getMetadata().getOwnerReferences()).hasSize(1);
        assertThat(certificate.getSpec().secretName()).isEqualTo("h-client-tls");
        assertThat(certificate.getSpec().secretTemplate().labels())
                .isEqualTo(Map.of(
                        "app.kubernetes.io/component", "server",
                        "app.kubernetes.io/name", "serverherd",
                        "serverherd.io/herd", "h"));
        assertThat(certificate.getSpec().issuerRef()).isEqualTo(CA);
        assertThat(certificate.getSpec().uris()).isEmpty();
        assertThat(certificate.getSpec().dnsNames())
                .containsExactly("h", "h.default", "h.default.svc", "h.default.svc.cluster.local");
        assertThat(certificate.getSpec().usages()).containsExactly("digital signature", "server auth");
    }

    @Test
    void itHasTheNamesOfEveryServersServiceAndThoseThatAreAskedFor() {
        ServiceSpec each = Records.of(ServiceSpec.class, Map.of("perServer", true));

        assertThat(certificates(issued(Herds.with(HERD, "service", each), List.of("herd.example.com", "h")))
                        .get(0)
                        .getSpec()
                        .dnsNames())
                .containsExactly(
                        "h",
                        "h.default",
                        "h.default.svc",
                        "h.default.svc.cluster.local",
                        "h-a",
                        "h-a.default",
                        "h-a.default.svc",
                        "h-a.default.svc.cluster.local",
                        "h-b",
                        "h-b.default",
                        "h-b.default.svc",
                        "h-b.default.svc.cluster.local",
                        "herd.example.com");
    }

    @Test
    void whereThereIsASecretNobodyIsAsked() {
        ServerHerd own = Herds.with(HERD, "clientTls", new ClientTlsSpec(new TlsSecretRef("own"), null, null, null));

        assertThat(certificates(own)).isEmpty();
        assertThat(certificates(HERD)).isEmpty();
    }

    private static ServerHerd issued(ServerHerd herd, List<String> dnsNames) {
        return Herds.with(herd, "clientTls", new ClientTlsSpec(null, CA, dnsNames, null));
    }

    private static List<Certificate> certificates(ServerHerd herd) {
        return DesiredHerd.of(herd, Herds.SETTINGS).objects().stream()
                .filter(Certificate.class::isInstance)
                .map(Certificate.class::cast)
                .toList();
    }
}
