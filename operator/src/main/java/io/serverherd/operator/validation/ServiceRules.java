package io.serverherd.operator.validation;

import io.serverherd.operator.api.ServerHerdSpec;
import io.serverherd.operator.api.ServiceSpec;
import java.util.List;

/** What must be true of the Services' names. */
final class ServiceRules {
    private ServiceRules() {}

    static List<String> of(ServerHerdSpec spec) {
        boolean perServer =
                spec.service() != null && Boolean.TRUE.equals(spec.service().perServer());
        boolean taken =
                spec.servers().stream().anyMatch(server -> ServiceSpec.TAKEN_NAME.equalsIgnoreCase(server.name()));
        return perServer && taken ? List.of("spec.service: " + ServiceSpec.NAME_TAKEN) : List.of();
    }
}
