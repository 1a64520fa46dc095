package io.serverherd.operator.status;

import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.HerdSummary;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.ClientCertificate;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.validation.Validation;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What is wanted and what is → the ServerHerd's status. */
public final class StatusReport {
    private final Clock clock;

    public StatusReport(Clock clock) {
        this.clock = clock;
    }

    public ServerHerdStatus of(ServerHerd herd, DesiredHerd desired, ObservedHerd observed, Progress progress) {
        Assessment assessment = Assessment.of(
                desired.topology(), desired.servers(), desired.links().unsettled(), observed);
        SortedMap<String, String> awaited = desired.links().issued().awaited();
        Fact ready = ReadyCondition.of(assessment, progress);
        Fact converged = TopologyConvergedCondition.of(assessment);
        Optional<Fact> placesKey = desired.placesKey()
                .map(wanted -> PlacesKeyCondition.of(
                        assessment, wanted, herd.getMetadata().getNamespace()));
        List<Fact> facts = new ArrayList<>(List.of(ready, converged));
        placesKey.ifPresent(facts::add);
        Optional<Fact> stalled = StalledCondition.of(assessment, progress);
        ReconcilingCondition.of(ready, converged, stalled).ifPresent(facts::add);
        stalled.ifPresent(facts::add);
        PausedCondition.of(assessment, progress).ifPresent(facts::add);
        Optional.ofNullable(herd.getSpec().places())
                .map(PlacesSpec::caSecretRef)
                .flatMap(wanted -> PlacesCaCondition.of(assessment, wanted))
                .ifPresent(facts::add);
        PlacesBudgetCondition.of(assessment).ifPresent(facts::add);
        if (herd.peerTls().encrypted()) {
            PeerCertificatesCondition.of(assessment, awaited).ifPresent(facts::add);
        }
        ClientTlsCondition.of(assessment, herd, awaitedForClients(herd, observed))
                .ifPresent(facts::add);
        NameConflictCondition.of(progress).ifPresent(facts::add);
        return status(herd, assessment, facts, Summary.of(assessment, progress, awaited.size(), placesKey));
    }

    private static Optional<String> awaitedForClients(ServerHerd herd, ObservedHerd observed) {
        return Optional.ofNullable(herd.getSpec().clientTls())
                .map(ClientTlsSpec::issuerRef)
                .map(issuer -> observed.certificate(
                        ClientCertificate.nameOf(herd.getMetadata().getName())))
                .filter(certificate -> certificate.filter(Certificate::ready).isEmpty())
                .map(certificate -> certificate.map(Certificate::awaits).orElse("not made yet"));
    }

    /** For a spec that can't be used: the servers are those of the last good one, which stays in force. */
    public ServerHerdStatus refused(ServerHerd herd, ObservedHerd observed, Validation validation) {
        Assessment assessment = Assessment.of(observed.topology(), observed.lastApplied(), Set.of(), observed);
        List<Fact> facts = List.of(
                ReadyCondition.refused(assessment, validation),
                TopologyConvergedCondition.of(assessment),
                StalledCondition.of(validation));
        return status(herd, assessment, facts, Summary.refused(assessment, validation));
    }

    private ServerHerdStatus status(ServerHerd herd, Assessment assessment, List<Fact> facts, HerdSummary summary) {
        long generation = herd.getMetadata().getGeneration();
        List<HerdCondition> conditions =
                facts.stream().map(fact -> condition(fact, herd, generation)).toList();
        return new ServerHerdStatus(generation, conditions, assessment.servers(), summary);
    }

    private HerdCondition condition(Fact fact, ServerHerd herd, long generation) {
        String since = Optional.ofNullable(herd.getStatus())
                .flatMap(before -> before.condition(fact.type()))
                .filter(before -> before.status() == fact.status())
                .map(HerdCondition::lastTransitionTime)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new HerdCondition(fact.type(), fact.status(), generation, since, fact.reason(), fact.message());
    }
}
