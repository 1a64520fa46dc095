package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.serverherd.operator.observe.Availability;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Asks the API server whether it knows a kind, and whether the operator may keep objects of it wherever it watches herds. */
public final class KindAccess implements Supplier<Availability> {
    /** All that it does with them; as in the operator's role. */
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "patch", "delete");

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final Class<? extends HasMetadata> kind;

    /** @param namespaces empty: all */
    public KindAccess(KubernetesClient client, Set<String> namespaces, Class<? extends HasMetadata> kind) {
        this.client = client;
        this.namespaces = namespaces;
        this.kind = kind;
    }

    @Override
    public Availability get() {
        if (!client.supports(kind)) {
            return Availability.MISSING;
        }
        Set<String> where = namespaces.isEmpty() ? Set.of("") : namespaces;
        return where.stream().allMatch(namespace -> VERBS.stream().allMatch(verb -> may(verb, namespace)))
                ? Availability.AVAILABLE
                : Availability.NOT_PERMITTED;
    }

    /** @param namespace empty: all */
    private boolean may(String verb, String namespace) {
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(HasMetadata.getGroup(kind))
                .withResource(HasMetadata.getPlural(kind))
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }
}
