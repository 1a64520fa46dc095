package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.stream.Collectors;

/** A service's row. */
final class ServiceColumns {

    private ServiceColumns() {}

    static Columns columns(Clock clock) {
        return new ComputedColumns()
                .with("Type", Cell.text("/spec/type", ""))
                .with("Cluster-IP", Cell.text("/spec/clusterIP", Cell.NONE))
                .with("External-IP", ServiceColumns::externalIp)
                .with("Port(s)", ServiceColumns::ports)
                .with("Age", Cell.age(clock))
                .wide("Selector", Cell.labels("/spec/selector"));
    }

    private static Object externalIp(JsonNode service) {
        String given = Cell.each(service.at("/status/loadBalancer/ingress"))
                .map(ingress -> Cell.orElse(
                        ingress.path("ip").asText(), ingress.path("hostname").asText()))
                .collect(Collectors.joining(","));
        boolean wanted = service.at("/spec/type").asText().equals("LoadBalancer");
        return Cell.orElse(given, wanted ? "<pending>" : Cell.NONE);
    }

    private static Object ports(JsonNode service) {
        String ports = Cell.each(service.at("/spec/ports"))
                .map(port -> port.path("port").asText()
                        + (port.has("nodePort") ? ":" + port.path("nodePort").asText() : "") + "/"
                        + port.path("protocol").asText("TCP"))
                .collect(Collectors.joining(","));
        return Cell.orElse(ports, Cell.NONE);
    }
}
