package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which objects were found to be as wanted. Comparing an object field by field takes most of a pass's time, and a
 * full-size herd has 400 of them; but in one version an object can only match the same wish again.
 */
final class MatchMemory {
    /** Some 25 herds of full size; a forgotten one is compared again. */
    private static final int REMEMBERED = 10_000;

    private record Match(String resourceVersion, HasMetadata desired) {}

    private final Map<String, Match> byUid = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Match> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized boolean isKnownToMatch(HasMetadata actual, HasMetadata desired) {
        Match match = byUid.get(actual.getMetadata().getUid());
        return match != null
                && match.resourceVersion().equals(actual.getMetadata().getResourceVersion())
                && match.desired().equals(desired);
    }

    synchronized void remember(HasMetadata actual, HasMetadata desired) {
        byUid.put(actual.getMetadata().getUid(), new Match(actual.getMetadata().getResourceVersion(), desired));
    }
}
