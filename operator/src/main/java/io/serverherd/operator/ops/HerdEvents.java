package io.serverherd.operator.ops;

import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.topology.TopologyChange;
import java.util.Optional;

/** Decides what of a herd's life is told as an event: changes and turns for better or worse, never a state that goes on. */
public final class HerdEvents {
    private final EventRecorder recorder;

    public HerdEvents(EventRecorder recorder) {
        this.recorder = recorder;
    }

    /** @param change since what the herd was last given */
    public void tellChange(ServerHerd herd, TopologyChange change) {
        if (change.isEmpty()) {
            return;
        }
        boolean isNew =
                herd.getStatus() == null || herd.getStatus().conditions().isEmpty();
        recorder.record(herd, isNew ? EventReason.Created : EventReason.TopologyChanged, change.toString());
    }

    public void tellReplacing(ServerHerd herd, String server) {
        recorder.record(herd, EventReason.ReplacingPod, server + ": its pod is replaced by one of the new revision");
    }

    /** Compares the status that is to be written with the one the herd has. */
    public void tellTransitions(ServerHerd herd, ServerHerdStatus now) {
        tell(herd, now, "Stalled", EventReason.SpecRefused, null);
        tell(herd, now, "NameConflict", EventReason.NameConflict, null);
        tell(herd, now, "TopologyConverged", EventReason.TopologyConverged, EventReason.TopologyBroken);
        tell(herd, now, "PlacesKeyAvailable", EventReason.PlacesKeyLoaded, EventReason.PlacesKeyUnavailable);
        boolean applyFailed = now.condition("Ready")
                .filter(ready -> ready.reason().equals("ApplyFailed"))
                .isPresent();
        tell(herd, now, "Ready", EventReason.Ready, applyFailed ? EventReason.ApplyFailed : EventReason.NotReady);
    }

    /** @param whenFalse null: nothing is told */
    private void tell(ServerHerd herd, ServerHerdStatus now, String type, EventReason whenTrue, EventReason whenFalse) {
        Optional<HerdCondition> before =
                Optional.ofNullable(herd.getStatus()).flatMap(status -> status.condition(type));
        Optional<HerdCondition> after = now.condition(type);
        if (after.isEmpty() || after.map(HerdCondition::status).equals(before.map(HerdCondition::status))) {
            return;
        }
        if (after.get().status() == Status.True) {
            recorder.record(herd, whenTrue, after.get().message());
        } else if (after.get().status() == Status.False && whenFalse != null && isNews(before, whenFalse)) {
            recorder.record(herd, whenFalse, after.get().message());
        }
    }

    /** That a new herd is not ready yet is no news; that its objects are refused or its key is missing is. */
    private static boolean isNews(Optional<HerdCondition> before, EventReason reason) {
        return before.isPresent() || reason == EventReason.ApplyFailed || reason == EventReason.PlacesKeyUnavailable;
    }
}
