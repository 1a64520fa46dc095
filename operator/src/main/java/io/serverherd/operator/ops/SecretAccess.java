package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Asks the API server whether the operator may keep Secrets wherever it watches herds. */
public final class SecretAccess implements BooleanSupplier {
    /** All that it does with them; as in the operator's role. */
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "patch", "delete");

    private final KubernetesClient client;
    private final Set<String> namespaces;

    /** @param namespaces empty: all */
    public SecretAccess(KubernetesClient client, Set<String> namespaces) {
        this.client = client;
        this.namespaces = namespaces;
    }

    @Override
    public boolean getAsBoolean() {
        Set<String> where = namespaces.isEmpty() ? Set.of("") : namespaces;
        return where.stream().allMatch(namespace -> VERBS.stream().allMatch(verb -> may(verb, namespace)));
    }

    /** @param namespace empty: all */
    private boolean may(String verb, String namespace) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup("")
                .withResource("secrets")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
