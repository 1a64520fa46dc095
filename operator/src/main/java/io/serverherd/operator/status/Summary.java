package io.serverherd.operator.status;

import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.HerdSummary;
import io.serverherd.operator.validation.Validation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole in a few words, for the columns of {@code kubectl get}. */
final class Summary {
    private Summary() {}

    /**
     * @param certificates of servers that cert-manager is yet to issue
     * @param placesKey    the condition; empty: no key is wanted
     */
    static HerdSummary of(Assessment herd, Progress progress, int certificates, Optional<Fact> placesKey) {
        return counts(herd, state(herd, progress, certificates, placesKey));
    }

    static HerdSummary refused(Assessment lastGood, Validation validation) {
        return counts(lastGood, validation.state());
    }

    private static HerdSummary counts(Assessment herd, String state) {
        return new HerdSummary(
                herd.readyServers() + "/" + herd.servers().size(), herd.connectedEdges() + "/" + herd.edges(), state);
    }

    private static String state(Assessment herd, Progress progress, int certificates, Optional<Fact> placesKey) {
        if (!progress.conflicts().isEmpty()) {
            return "Name conflict: " + progress.conflicts().get(0);
        }
        if (!progress.failures().isEmpty()) {
            return "Applying failed";
        }
        if (progress.held().isPresent()) {
            return PausedCondition.waiting(herd, progress).isPresent() ? "Paused, changes wait" : "Paused";
        }
        if (!herd.troubles().isEmpty()) {
            return firstTrouble(herd);
        }
        if (!progress.renewals().isEmpty()) {
            return "Renewing sets, " + progress.renewals().size() + " to go";
        }
        if (!herd.outdated().isEmpty()) {
            return "Replacing servers, " + herd.outdated().size() + " to go";
        }
        if (!herd.notReady().isEmpty()) {
            return "Waiting for " + Listing.count(herd.notReady().size(), "server");
        }
        if (!herd.pending().isEmpty()) {
            return "Applying";
        }
        if (!herd.silent().isEmpty()) {
            return "No answer from " + Listing.count(herd.silent().size(), "server");
        }
        if (!herd.unrewired().isEmpty()) {
            return "Rewiring";
        }
        if (certificates > 0) {
            return "Waiting for " + Listing.count(certificates, "certificate");
        }
        if (!herd.down().isEmpty()) {
            return herd.down().size() == 1
                    ? "Edge " + herd.down().get(0) + " is down"
                    : herd.down().size() + " edges are down";
        }
        if (!herd.unsettled().isEmpty()) {
            return "Switching links, " + herd.unsettled().size() + " to go";
        }
        return placesKey
                .filter(key -> key.status() == Status.False)
                .map(key -> key.reason().equals(PlacesKeyCondition.REFUSED)
                        ? "Running, Places key refused"
                        : "Running without Places key")
                .orElse("Running");
    }

    /** {@code Ball: ImagePullBackOff}, without the sentence behind it. */
    private static String firstTrouble(Assessment herd) {
        Map.Entry<String, List<String>> first =
                herd.troubles().entrySet().iterator().next();
        String reason = first.getKey().split(":", 2)[0];
        List<String> servers = first.getValue();
        return servers.size() == 1
                ? servers.get(0) + ": " + reason
                : Listing.count(servers.size(), "server") + ": " + reason;
    }
}
