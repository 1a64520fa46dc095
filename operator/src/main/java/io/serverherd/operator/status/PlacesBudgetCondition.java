package io.serverherd.operator.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Only while true: a server has asked Google as often as it may today. */
final class PlacesBudgetCondition {
    static final String TYPE = "PlacesBudgetExhausted";

    private PlacesBudgetCondition() {}

    static Optional<Fact> of(Assessment herd) {
        List<String> spent = herd.places().entrySet().stream()
                .filter(entry -> entry.getValue().budgetSpent())
                .map(Map.Entry::getKey)
                .toList();
        return spent.isEmpty()
                ? Optional.empty()
                : Optional.of(Fact.of(
                        TYPE,
                        true,
                        "DayUsedUp",
                        "the share of spec.places.maxRequestsPerDay is used up on " + Listing.of(spent)
                                + ": WHATSAT answers OVER_QUERY_LIMIT there until 00:00 UTC"));
    }
}
