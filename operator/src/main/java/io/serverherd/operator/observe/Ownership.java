package io.serverherd.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.serverherd.operator.api.ServerHerd;
import java.util.Optional;

/** Who an object belongs to. Labels can be copied; an owner reference names a UID. */
public final class Ownership {
    private Ownership() {}

    public static boolean owns(ServerHerd herd, HasMetadata object) {
        return controllerOf(object)
                .filter(owner -> owner.getUid().equals(herd.getMetadata().getUid()))
                .isPresent();
    }

    public static Optional<OwnerReference> controllerOf(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
