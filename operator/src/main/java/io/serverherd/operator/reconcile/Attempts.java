package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.status.Progress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass's writes to a herd's objects: what is refused of one object is noted, and the others are still tried. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final String herd;
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean unfinished;

    Attempts(ServerHerd herd) {
        this.herd = herd.getMetadata().getNamespace() + "/" + herd.getMetadata().getName();
    }

    /** @throws KubernetesClientException when there was no answer at all: then the next object would have none either */
    void run(String verb, ObjectKey object, Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException refused) {
            // The client gives an answer's HTTP code, and 0 or −1 when there was none.
            if (refused.getCode() <= 0) {
                throw refused;
            }
            LOG.atWarn()
                    .addKeyValue("herd", herd)
                    .addKeyValue("verb", verb)
                    .addKeyValue("kind", object.kind())
                    .addKeyValue("name", object.name())
                    .addKeyValue("code", refused.getCode())
                    .addKeyValue("reason", reason(refused))
                    .log("object.refused");
            failures.add(verb + " " + object + ": " + reason(refused));
        }
    }

    /** The name is taken by someone else's object; an event and the status tell of it once. */
    void conflict(ObjectKey object) {
        conflicts.add(object.toString());
    }

    /** What was done may not have been enough. */
    void comeBack() {
        unfinished = true;
    }

    /** Whether to try again, though nothing may happen until then. */
    boolean areUnfinished() {
        return unfinished || !conflicts.isEmpty() || !failures.isEmpty();
    }

    Progress progress() {
        return new Progress(conflicts, failures);
    }

    private static String reason(KubernetesClientException refused) {
        String said = refused.getStatus() == null ? null : refused.getStatus().getMessage();
        return said == null || said.isEmpty() ? "HTTP " + refused.getCode() : said;
    }
}
