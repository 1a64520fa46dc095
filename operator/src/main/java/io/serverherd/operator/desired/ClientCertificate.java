package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.certmanager.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What clients are shown, where cert-manager keeps it: one for the herd, as any server answers any client. */
public final class ClientCertificate {
    /** Of nearly every cluster. Where it is another, {@code dnsNames} can say so. */
    private static final String CLUSTER_DOMAIN = "cluster.local";

    private ClientCertificate() {}

    public static String nameOf(String herd) {
        return herd + "-client-tls";
    }

    /**
     * @param services for clients, by their names
     * @param spec     with an issuer
     */
    static Certificate of(HerdIdentity herd, List<String> services, ClientTlsSpec spec) {
        List<String> own = services.stream()
                .flatMap(service -> names(service, herd.namespace()))
                .toList();
        Map<String, String> secretLabels = Labels.ofIssuedSecret(herd.name());
        return IssuedCertificate.of(
                herd.metadata(nameOf(herd.name())),
                secretLabels,
                List.of(),
                Stream.concat(
                                own.stream(),
                                Optional.ofNullable(spec.dnsNames()).stream().flatMap(List::stream))
                        .distinct()
                        .toList(),
                List.of(IssuedCertificate.SERVER_AUTH),
                spec.issuerRef());
    }

    /** Whether it is a herd's Certificate for clients, and not a server's for its neighbours. */
    static boolean is(HasMetadata object) {
        return object instanceof Certificate
                && object.getMetadata()
                        .getName()
                        .equals(nameOf(object.getMetadata().getLabels().get(Labels.HERD)));
    }

    /** As clients within the cluster may say it. */
    private static Stream<String> names(String service, String namespace) {
        String full = service + "." + namespace;
        return Stream.of(service, full, full + ".svc", full + ".svc." + CLUSTER_DOMAIN);
    }
}
