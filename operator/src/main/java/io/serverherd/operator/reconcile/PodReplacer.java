package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.serverherd.operator.observe.AskedDeletions;
import io.serverherd.operator.observe.ObjectKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes a pod, for its StatefulSet to make a new one. */
final class PodReplacer {
    private static final Logger LOG = LoggerFactory.getLogger(PodReplacer.class);

    private final ObjectDeleter deleter;
    private final AskedDeletions deletions;

    PodReplacer(ObjectDeleter deleter, AskedDeletions deletions) {
        this.deleter = deleter;
        this.deletions = deletions;
    }

    void replace(Roll roll, String namespace, Attempts attempts) {
        attempts.write("replace", new ObjectKey("Pod", roll.pod()), () -> {
            deleter.delete(Pod.class, namespace, roll.pod(), roll.uid());
            deletions.add(roll.uid());
            LOG.atInfo()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("pod", roll.pod())
                    .addKeyValue("server", roll.server())
                    .log("pod.replaced");
        });
    }
}
