package io.serverherd.operator.status;

import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.observe.NodeStatus.Places;
import io.serverherd.operator.observe.NodeStatus.PlacesKey;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Whether the servers have the Places key. They say so themselves: the operator reads no Secret. */
final class PlacesKeyCondition {
    static final String TYPE = "PlacesKeyAvailable";
    static final String REFUSED = "KeyRefused";

    private PlacesKeyCondition() {}

    static Fact of(Assessment herd, SecretKeyRef wanted, String namespace) {
        List<String> silent = servers(herd, places -> places.key() == null);
        List<String> refused = servers(herd, places -> places.keyError() != null);
        List<String> empty = servers(herd, places -> places.key() == PlacesKey.EMPTY);
        List<String> missing = servers(herd, places -> places.key() == PlacesKey.MISSING && places.keyError() == null);
        if (silent.size() == herd.places().size()) {
            return new Fact(TYPE, Status.Unknown, "ServersSilent", "no server has said yet whether it has the key");
        }
        String what = "key \"" + wanted.key() + "\" of Secret \"" + wanted.name() + "\"";
        if (!missing.isEmpty()) {
            return Fact.of(
                    TYPE,
                    false,
                    "KeyMissing",
                    what + " is missing on " + Listing.of(missing) + ": kubectl -n " + namespace
                            + " create secret generic " + wanted.name() + " --from-literal=" + wanted.key() + "=KEY");
        }
        if (!empty.isEmpty()) {
            return Fact.of(
                    TYPE,
                    false,
                    "KeyEmpty",
                    what + " is empty on " + Listing.of(empty) + ": put the Places API key into it");
        }
        if (!refused.isEmpty()) {
            return Fact.of(
                    TYPE,
                    false,
                    REFUSED,
                    what + " can't be a Places API key: "
                            + herd.places().get(refused.get(0)).keyError()
                            + "; the one before, if any, stays in force on " + Listing.of(refused));
        }
        return Fact.of(TYPE, true, "KeyLoaded", "every server that answers has the key");
    }

    private static List<String> servers(Assessment herd, Predicate<Places> which) {
        return herd.places().entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
