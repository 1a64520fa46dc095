package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;

/** ConfigMaps and Secrets that the API lets nobody change any more: they have to be made anew. */
final class FrozenData {
    private FrozenData() {}

    /** @param there null: nothing is */
    static boolean isIn(HasMetadata there, HasMetadata desired) {
        if (there instanceof Secret secret) {
            return Boolean.TRUE.equals(secret.getImmutable())
                    || !secret.getType().equals(((Secret) desired).getType());
        }
        return there instanceof ConfigMap config && Boolean.TRUE.equals(config.getImmutable());
    }

    /** Of kinds that have a spec instead. */
    static boolean hasNone(HasMetadata object) {
        return !(object instanceof Secret || object instanceof ConfigMap);
    }
}
