package io.serverherd.local.kubelet;

import java.time.Duration;

/**
 * How long a container that ended waits for its next start. A kubelet begins with 10 seconds and ends with 5 minutes, to
 * spare a cluster; on a laptop somebody is looking at the screen, so ours is 1 to 30 seconds. As there, the first restart comes at once.
 */
final class RestartBackoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** A run of this length counts as stable: the next failure is a first one again. */
    private static final Duration STABLE = Duration.ofSeconds(60);

    private Duration next = Duration.ZERO;

    /** @param ran how long the run that just ended lasted */
    Duration afterRunOf(Duration ran) {
        if (ran.compareTo(STABLE) >= 0) {
            next = Duration.ZERO;
        }
        Duration delay = next;
        next = delay.isZero() ? FIRST : min(delay.multipliedBy(2), LONGEST);
        return delay;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
