package io.serverherd.local.kubelet.probe;

import io.fabric8.kubernetes.api.model.Probe;

/** A probe's verdict: it changes only after as many equal results in a row as the probe's threshold for them says. */
final class ProbeCounter {

    private final int successThreshold;
    private final int failureThreshold;
    private boolean last;
    private int inARow;

    ProbeCounter(Probe probe) {
        this.successThreshold = orDefault(probe.getSuccessThreshold(), 1);
        this.failureThreshold = orDefault(probe.getFailureThreshold(), 3);
    }

    /** @return whether this result made a verdict: the threshold of its kind is reached */
    boolean count(boolean success) {
        inARow = inARow > 0 && success == last ? inARow + 1 : 1;
        last = success;
        return inARow >= (success ? successThreshold : failureThreshold);
    }

    /** The API server fills in defaults; an object that skipped it has none. */
    static int orDefault(Integer value, int fallback) {
        return value == null || value <= 0 ? fallback : value;
    }
}
