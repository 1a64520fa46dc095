package io.serverherd.operator.validation;

import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.ServerHerdSpec;
import java.util.ArrayList;
import java.util.List;

/** What must be true of how Places are asked: each API has fields of its own, and each server a share of what is allowed. */
final class PlacesRules {
    private final List<String> problems = new ArrayList<>();

    private PlacesRules() {}

    static List<String> of(ServerHerdSpec spec) {
        PlacesRules rules = new PlacesRules();
        if (spec.places() != null) {
            rules.checkFields(spec.places());
            rules.checkShares(spec.places(), spec.servers().size());
            rules.checkSecrets(spec.places());
        }
        return rules.problems;
    }

    private void checkFields(PlacesSpec places) {
        boolean isNew = places.usesNewApi();
        refuse(isNew && places.keyword() != null, "keyword" + PlacesSpec.LEGACY_ONLY);
        refuse(isNew && places.language() != null, "language" + PlacesSpec.LEGACY_ONLY);
        refuse(isNew && places.type() != null, "type" + PlacesSpec.LEGACY_ONLY);
        refuse(!isNew && places.includedTypes() != null, "includedTypes" + PlacesSpec.NEW_ONLY);
        refuse(!isNew && places.languageCode() != null, "languageCode" + PlacesSpec.NEW_ONLY);
        refuse(!isNew && places.rankPreference() != null, "rankPreference" + PlacesSpec.NEW_ONLY);
    }

    private void checkShares(PlacesSpec places, int servers) {
        refuse(isLess(places.maxRequestsPerSecond(), servers), "maxRequestsPerSecond" + PlacesSpec.SHARED);
        refuse(isLess(places.maxRequestsPerDay(), servers), "maxRequestsPerDay" + PlacesSpec.SHARED);
    }

    private void checkSecrets(PlacesSpec places) {
        if (places.secretRef() != null) {
            problems.addAll(
                    SecretRules.of("spec.places.secretRef", places.secretRef().name()));
        }
        if (places.caSecretRef() != null) {
            problems.addAll(SecretRules.of(
                    "spec.places.caSecretRef", places.caSecretRef().name()));
        }
    }

    private static boolean isLess(Integer cap, int servers) {
        return cap != null && cap < servers;
    }

    private void refuse(boolean wrong, String why) {
        if (wrong) {
            problems.add("spec.places: " + why);
        }
    }
}
