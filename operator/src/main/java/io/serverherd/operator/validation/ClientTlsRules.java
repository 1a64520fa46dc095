package io.serverherd.operator.validation;

import io.serverherd.operator.api.ClientTlsSpec;
import java.util.ArrayList;
import java.util.List;

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
        if (spec.secretRef() != null) {
            problems.addAll(
                    SecretRules.of("spec.clientTls.secretRef", spec.secretRef().name()));
        }
        if (spec.clientCaSecretRef() != null) {
            problems.addAll(SecretRules.of(
                    "spec.clientTls.clientCaSecretRef", spec.clientCaSecretRef().name()));
        }
        return problems;
    }
}
