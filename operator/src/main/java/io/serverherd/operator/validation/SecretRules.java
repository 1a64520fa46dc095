package io.serverherd.operator.validation;

import io.serverherd.operator.api.SecretKeyRef;
import java.util.List;

/** What must be true of the name of a Secret that a herd's user names, wherever it is. */
final class SecretRules {
    private SecretRules() {}

    /** @param name null: it is missing, which another rule tells */
    static List<String> of(String path, String name) {
        return name != null && SecretKeyRef.isOurs(name) ? List.of(path + ".name: " + SecretKeyRef.OURS) : List.of();
    }
}
