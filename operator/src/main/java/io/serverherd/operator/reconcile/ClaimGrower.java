package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for more where a server's claim is smaller than the spec wants it. What is larger stays: no volume shrinks. */
final class ClaimGrower {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimGrower.class);
    private static final String STORAGE = "storage";

    void grow(DesiredHerd desired, ObservedHerd observed, Context<ServerHerd> context, Attempts attempts) {
        for (DesiredServer server : desired.servers()) {
            tooSmall(server, desired, observed).ifPresent(claim -> {
                Quantity size = desired.storageSize().orElseThrow();
                attempts.write("grow", ObjectKey.of(claim), () -> {
                    grow(claim, size, context);
                    // The set is next, and no event need follow: the claim's own is dropped as this operator's doing.
                    attempts.comeBack();
                });
            });
        }
    }

    /** The server's claim, where it should be larger. One that is not bound yet can't be grown, and is looked at again. */
    static Optional<PersistentVolumeClaim> tooSmall(DesiredServer server, DesiredHerd desired, ObservedHerd observed) {
        return Optional.ofNullable(observed.claims().get(server.claimName()))
                .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
                .filter(claim -> claim.getStatus() != null
                        && "Bound".equals(claim.getStatus().getPhase()))
                .filter(claim -> desired.storageSize()
                        .filter(size -> size.compareTo(requested(claim)) > 0)
                        .isPresent());
    }

    private static Quantity requested(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().get(STORAGE);
    }

    private static void grow(PersistentVolumeClaim claim, Quantity size, Context<ServerHerd> context) {
        // The UID makes it a change of this claim only; without it, one that is gone would be created.
        context.resourceOperations()
                .serverSideApply(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .endMetadata()
                        .withNewSpec()
                        .withNewResources()
                        .withRequests(Map.of(STORAGE, size))
                        .endResources()
                        .endSpec()
                        .build());
        LOG.atInfo()
                .addKeyValue("namespace", claim.getMetadata().getNamespace())
                .addKeyValue("claim", claim.getMetadata().getName())
                .addKeyValue("size", size)
                .log("claim.grown");
    }
}
