package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.status.Held;
import io.serverherd.operator.status.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass's writes to a herd's objects: what is refused of one object is noted, and the others are still tried. Of a paused
 * herd none is done, and what would have been is noted.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** Not only the next, but all of these that wait are told of a paused herd; and a touch only saves time. */
    private static final Set<String> TOLD_OTHERWISE = Set.of("replace", "touch", "make anew");

    private final String herd;
    private final boolean paused;
    private final Map<String, List<String>> held = new LinkedHashMap<>();
    private final List<String> renewals = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean unfinished;

    Attempts(ServerHerd herd) {
        this.herd = herd.getMetadata().getNamespace() + "/" + herd.getMetadata().getName();
        this.paused = herd.paused();
    }

    /**
     * Does it, unless the herd is paused.
     *
     * @throws KubernetesClientException when there was no answer at all
     */
    void write(String verb, ObjectKey object, Runnable write) {
        if (!paused) {
            run(verb, object, write);
        } else if (!TOLD_OTHERWISE.contains(verb)) {
            held.computeIfAbsent(verb, any -> new ArrayList<>()).add(object.toString());
        }
    }

    /**
     * Does it, whether or not the herd is paused.
     *
     * @throws KubernetesClientException when there was no answer at all: then the next object would have none either
     */
    void run(String verb, ObjectKey object, Runnable step) {
        ask(verb, object, () -> {
            step.run();
            return true;
        });
    }

    /**
     * As {@link #run}, of what has an answer.
     *
     * @return empty where it was refused
     */
    <T> Optional<T> ask(String verb, ObjectKey object, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (KubernetesClientException refused) {
            // The client gives an answer's HTTP code, and 0 or −1 when there was none.
            if (refused.getCode() <= 0) {
                throw refused;
            }
            String why = RefusalText.of(refused, object);
            LOG.atWarn()
                    .addKeyValue("herd", herd)
                    .addKeyValue("verb", verb)
                    .addKeyValue("kind", object.kind())
                    .addKeyValue("name", object.name())
                    .addKeyValue("code", refused.getCode())
                    .addKeyValue("reason", why)
                    .log("object.refused");
            failures.add(verb + " " + object + ": " + why);
            return Optional.empty();
        }
    }

    /** The name is taken by someone else's object; an event and the status tell of it once. */
    void conflict(ObjectKey object) {
        conflicts.add(object.toString());
    }

    /** The set is to be made anew, now or when its turn comes. */
    void waitsForRenewal(ObjectKey set) {
        renewals.add(set.name());
    }

    /** What was done may not have been enough. */
    void comeBack() {
        unfinished = true;
    }

    /** Returns what it is given. */
    boolean comeBackUnless(boolean sure) {
        unfinished |= !sure;
        return sure;
    }

    /** Whether to try again, though nothing may happen until then. */
    boolean areUnfinished() {
        return unfinished || !conflicts.isEmpty() || !failures.isEmpty();
    }

    Progress progress() {
        return new Progress(conflicts, failures, renewals, paused ? Optional.of(new Held(held)) : Optional.empty());
    }
}
