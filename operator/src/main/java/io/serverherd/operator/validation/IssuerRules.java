package io.serverherd.operator.validation;

import io.serverherd.operator.api.IssuerRef;
import java.util.List;

/** What must be true of a reference to an issuer, wherever it is. */
final class IssuerRules {
    private IssuerRules() {}

    static List<String> of(String path, IssuerRef issuer) {
        return issuer.kindIsKnown() ? List.of() : List.of(path + ": " + IssuerRef.KIND_MESSAGE);
    }
}
