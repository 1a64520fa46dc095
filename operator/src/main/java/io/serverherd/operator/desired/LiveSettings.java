package io.serverherd.operator.desired;

import io.serverherd.operator.api.LimitsSpec;
import io.serverherd.operator.api.LoggingSpec;
import io.serverherd.operator.api.ServerHerdSpec;
import java.util.Optional;

/**
 * What all servers of a herd are told alike in their {@code herd.json}.
 *
 * @param limits      null: nothing said; the node has its own defaults
 * @param logMessages null: nothing said
 */
record LiveSettings(PlacesSettings places, LimitsSpec limits, Boolean logMessages) {
    private static final LimitsSpec NONE_SAID = new LimitsSpec(null, null, null, null, null);

    static LiveSettings of(ServerHerdSpec spec, HerdSettings settings) {
        return new LiveSettings(
                PlacesSettings.of(spec.places(), spec.servers().size(), settings),
                NONE_SAID.equals(spec.limits()) ? null : spec.limits(),
                Optional.ofNullable(spec.logging()).map(LoggingSpec::messages).orElse(null));
    }
}
