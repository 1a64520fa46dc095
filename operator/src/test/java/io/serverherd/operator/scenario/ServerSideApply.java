package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** Server-side apply, as a GitOps tool does it. */
public final class ServerSideApply {
    private ServerSideApply() {}

    public static void of(KubernetesClient client, HasMetadata object) {
        client.resource(object).patch(context().build());
    }

    /** Only asks whether the API server would take it. */
    static void dryRun(KubernetesClient client, HasMetadata object) {
        client.resource(object).patch(context().withDryRun(List.of("All")).build());
    }

    private static PatchContext.Builder context() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("scenario")
                .withForce(true);
    }
}
