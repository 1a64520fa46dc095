package io.serverherd.operator.status;

import io.serverherd.operator.validation.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether every server is ready and as the spec wants it. */
final class ReadyCondition {
    static final String TYPE = "Ready";
    private static final int TROUBLES_SHOWN = 3;

    private ReadyCondition() {}

    static Fact of(Assessment herd, Progress progress) {
        if (!progress.conflicts().isEmpty()) {
            return no("NameConflict", NameConflictCondition.message(progress));
        }
        if (!progress.failures().isEmpty()) {
            return no("ApplyFailed", "the API refused: " + Listing.of(progress.failures()));
        }
        Optional<String> waiting = PausedCondition.waiting(herd, progress);
        if (waiting.isPresent()) {
            return no("Paused", "paused with " + waiting.get() + "; " + servers(herd));
        }
        if (!progress.renewals().isEmpty() && herd.troubles().isEmpty()) {
            return no(
                    "RenewingSets",
                    "StatefulSets to be made anew: " + Listing.of(progress.renewals()) + "; " + servers(herd));
        }
        if (!herd.outdated().isEmpty() && herd.troubles().isEmpty()) {
            return no("RollingUpdate", "to be replaced: " + Listing.of(herd.outdated()) + "; " + servers(herd));
        }
        if (!herd.notReady().isEmpty()) {
            return no(herd.failing() ? "ServersFailing" : "ServersNotReady", servers(herd));
        }
        if (!herd.pending().isEmpty()) {
            return no("SetsPending", "StatefulSets not yet seen by their controller: " + Listing.of(herd.pending()));
        }
        return Fact.of(TYPE, true, "AllServersReady", servers(herd));
    }

    static Fact refused(Assessment lastGood, Validation validation) {
        return no(
                validation.reason(),
                validation.message() + "; the last accepted spec stays in force: " + servers(lastGood));
    }

    private static Fact no(String reason, String message) {
        return Fact.of(TYPE, false, reason, message);
    }

    private static String servers(Assessment herd) {
        List<String> parts = new ArrayList<>();
        parts.add(herd.readyServers() + " of " + Listing.count(herd.servers().size(), "server")
                + (herd.readyServers() == 1 ? " is ready" : " are ready"));
        if (!herd.notReady().isEmpty()) {
            parts.add("not ready: " + Listing.of(herd.notReady()));
        }
        herd.troubles().entrySet().stream()
                .limit(TROUBLES_SHOWN)
                .forEach(trouble -> parts.add(Listing.of(trouble.getValue()) + ": " + trouble.getKey()));
        return String.join("; ", parts);
    }
}
