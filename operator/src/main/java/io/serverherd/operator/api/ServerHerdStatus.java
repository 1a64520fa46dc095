package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;

/**
 * What the operator has found. Nothing in it changes with traffic.
 *
 * @param observedGeneration of the spec this status speaks of; −1 until the operator has seen the herd, by the CRD's default
 * @param summary            null until then
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("What the operator has found.")
public record ServerHerdStatus(
        @JsonPropertyDescription(
                "The metadata.generation this status speaks of; -1 as long as the operator has not seen the herd.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready: every server is ready and as the spec wants it. TopologyConverged: both ends of every edge"
                        + " are connected and every server runs its newest configuration. PlacesKeyAvailable: every"
                        + " server has the Places key; only when a secretRef is set. Reconciling, Stalled, PlacesCaUnavailable, PlacesBudgetExhausted, PeerCertificatesUnavailable, ClientTlsUnavailable,"
                        + " Paused and NameConflict are here only while they are true.")
        List<HerdCondition> conditions,

        @JsonPropertyDescription("One entry for each server.")
        List<ServerStatus> servers,

        @JsonPropertyDescription("The whole in a few words, for kubectl get.")
        HerdSummary summary) {

    public ServerHerdStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        servers = servers == null ? List.of() : List.copyOf(servers);
    }

    public Optional<HerdCondition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
