package io.serverherd.operator.validation;

import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.api.TlsSecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must be true of TLS with clients. */
final class ClientTlsRules {
    private ClientTlsRules() {}

    /** @param spec null: clients are without */
    static List<String> of(ClientTlsSpec spec) {
        List<String> problems = new ArrayList<>();
        if (spec == null) {
            return problems;
        }
        if ((spec.secretRef() == null) == (spec.issuerRef() == null)) {
            problems.add("spec.clientTls: " + ClientTlsSpec.ONE_MESSAGE);
        }
        if (spec.dnsNames() != null && spec.issuerRef() == null) {
            problems.add("spec.clientTls: " + ClientTlsSpec.NAMES_MESSAGE);
        }
        if (spec.issuerRef() != null) {
            problems.addAll(IssuerRules.of("spec.clientTls.issuerRef", spec.issuerRef()));
        }
        Optional.ofNullable(spec.secretRef())
                .map(TlsSecretRef::name)
                .filter(SecretKeyRef::isOurs)
                .ifPresent(name -> problems.add("spec.clientTls.secretRef.name: " + SecretKeyRef.OURS));
        Optional.ofNullable(spec.clientCaSecretRef())
                .map(CaSecretRef::name)
                .filter(SecretKeyRef::isOurs)
                .ifPresent(name -> problems.add("spec.clientTls.clientCaSecretRef.name: " + SecretKeyRef.OURS));
        return problems;
    }
}
