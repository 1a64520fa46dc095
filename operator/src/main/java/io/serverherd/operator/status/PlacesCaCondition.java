package io.serverherd.operator.status;

import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.observe.NodeStatus.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Only while true: a server has not the authorities that it is to believe when it asks Places. */
final class PlacesCaCondition {
    static final String TYPE = "PlacesCaUnavailable";

    private PlacesCaCondition() {}

    static Optional<Fact> of(Assessment herd, CaSecretRef wanted) {
        Map<String, Places> places = herd.places();
        List<String> without = places.keySet().stream()
                .filter(server -> places.get(server).caError() != null)
                .toList();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(Fact.of(
                        TYPE,
                        true,
                        "CaRefused",
                        "key \"" + wanted.key() + "\" of Secret \"" + wanted.name() + "\" "
                                + places.get(without.get(0)).caError() + " on " + Listing.of(without)
                                + ": put the certificates into it, in PEM"));
    }
}
