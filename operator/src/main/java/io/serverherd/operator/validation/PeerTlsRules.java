package io.serverherd.operator.validation;

import io.serverherd.operator.api.PeerTlsSpec;
import java.util.ArrayList;
import java.util.List;

/** What must be true of the mode of peer links and its issuer. */
final class PeerTlsRules {
    private PeerTlsRules() {}

    /** @param spec null: nothing said */
    static List<String> of(PeerTlsSpec spec) {
        List<String> problems = new ArrayList<>();
        if (spec == null) {
            return problems;
        }
        if (spec.byCertManager() != (spec.issuerRef() != null)) {
            problems.add("spec.peerTls: " + PeerTlsSpec.ISSUER_MESSAGE);
        }
        if (spec.issuerRef() != null) {
            problems.addAll(IssuerRules.of("spec.peerTls.issuerRef", spec.issuerRef()));
        }
        return problems;
    }
}
