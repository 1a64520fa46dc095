package io.serverherd.operator.status;

import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.observe.NodeStatus.PlacesKey;
import java.util.List;
import java.util.Map;

/** Whether the servers have the Places key. They say so themselves: the operator reads no Secret. */
final class PlacesKeyCondition {
    static final String TYPE = "PlacesKeyAvailable";

    private PlacesKeyCondition() {}

    static Fact of(Assessment herd, SecretKeyRef wanted, String namespace) {
        List<String> empty = serversWith(PlacesKey.EMPTY, herd);
        List<String> missing = serversWith(PlacesKey.MISSING, herd);
        if (herd.placesKeys().isEmpty()) {
            return new Fact(TYPE, Status.Unknown, "ServersSilent", "no server has said yet whether it has the key");
        }
        if (missing.isEmpty() && empty.isEmpty()) {
            return Fact.of(TYPE, true, "KeyLoaded", "every server that answers has the key");
        }
        String what = "key \"" + wanted.key() + "\" of Secret \"" + wanted.name() + "\"";
        return missing.isEmpty()
                ? Fact.of(
                        TYPE,
                        false,
                        "KeyEmpty",
                        what + " is empty on " + Listing.of(empty) + ": put the Places API key into it")
                : Fact.of(
                        TYPE,
                        false,
                        "KeyMissing",
                        what + " is missing on " + Listing.of(missing) + ": kubectl -n " + namespace
                                + " create secret generic " + wanted.name() + " --from-literal=" + wanted.key()
                                + "=KEY");
    }

    private static List<String> serversWith(PlacesKey key, Assessment herd) {
        return herd.placesKeys().entrySet().stream()
                .filter(entry -> entry.getValue() == key)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
