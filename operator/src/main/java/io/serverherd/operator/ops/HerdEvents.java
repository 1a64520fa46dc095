package io.serverherd.operator.ops;

import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.topology.TopologyChange;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what of a herd's life is told as an event: changes and turns for better or worse, never a state that goes on. Of a
 * paused herd nothing is told: an event is a write too.
 */
public final class HerdEvents {
    /** By the reason of a condition that has become true. */
    private static final Map<String, EventReason> WHEN_TRUE = Map.ofEntries(
            Map.entry("AllServersReady", EventReason.Ready),
            Map.entry("EveryEdgeConnected", EventReason.TopologyConverged),
            Map.entry("KeyLoaded", EventReason.PlacesKeyLoaded),
            Map.entry("DayUsedUp", EventReason.PlacesBudgetExhausted),
            Map.entry("ForeignObject", EventReason.NameConflict),
            Map.entry("SpecRefused", EventReason.SpecRefused),
            Map.entry("PeerTlsNotPermitted", EventReason.PeerTlsNotPermitted),
            Map.entry("CertManagerMissing", EventReason.CertManagerMissing),
            Map.entry("CertificatesRefused", EventReason.PeerCertificatesRefused),
            Map.entry("ClientTlsNotPermitted", EventReason.ClientTlsNotPermitted),
            Map.entry("ClientCertificateMissing", EventReason.ClientTlsUnavailable),
            Map.entry("ClientCaMissing", EventReason.ClientTlsUnavailable),
            Map.entry("ClientCertificateRefused", EventReason.ClientTlsUnavailable));

    /** Where events go. */
    @FunctionalInterface
    public interface Recorder {
        void record(ServerHerd herd, EventReason reason, String message);
    }

    private final Recorder recorder;

    public HerdEvents(Recorder recorder) {
        this.recorder = (herd, reason, message) -> {
            if (!herd.paused()) {
                recorder.record(herd, reason, message);
            }
        };
    }

    /**
     * Told once for each generation of the spec, however many passes the change takes.
     *
     * @param change since what the herd was last given
     */
    public void tellChange(ServerHerd herd, TopologyChange change) {
        Optional<ServerHerdStatus> before = Optional.ofNullable(herd.getStatus());
        boolean seen = before.filter(
                        status -> herd.getMetadata().getGeneration().equals(status.observedGeneration()))
                .isPresent();
        if (seen || change.isEmpty()) {
            return;
        }
        boolean isNew = before.map(status -> status.conditions().isEmpty()).orElse(true);
        recorder.record(herd, isNew ? EventReason.Created : EventReason.TopologyChanged, change.toString());
    }

    public void tellReplacing(ServerHerd herd, String server) {
        recorder.record(herd, EventReason.ReplacingPod, server + ": its pod is replaced by one of the new revision");
    }

    /** The herd's authority has been made, or one takes over from another; each step is told once, when it is stored. */
    public void tellAuthority(ServerHerd herd, Authorities.Step step) {
        switch (step) {
            case MADE ->
                recorder.record(herd, EventReason.PeerAuthorityMade, "certificates for peer links can be issued");
            case EXPIRED_REPLACED ->
                recorder.record(
                        herd,
                        EventReason.PeerAuthorityExpired,
                        "the authority for peer links had expired, so no two servers could connect: it is replaced, and"
                                + " every server gets a new certificate");
            case NEXT_MADE ->
                recorder.record(
                        herd,
                        EventReason.PeerAuthorityChanging,
                        "the authority for peer links ends within four months: when all servers trust the next one, that"
                                + " takes over");
            case NEXT_TOOK_OVER ->
                recorder.record(
                        herd,
                        EventReason.PeerAuthorityChanging,
                        "all servers trust the next authority for peer links: they get certificates from it");
            case OLD_DROPPED ->
                recorder.record(
                        herd,
                        EventReason.PeerAuthorityChanged,
                        "all servers have certificates from the new authority for peer links: the old one is not trusted"
                                + " any more");
        }
    }

    /** Compares the status that is to be written with the one the herd has. */
    public void tellTransitions(ServerHerd herd, ServerHerdStatus now) {
        Optional<ServerHerdStatus> before = Optional.ofNullable(herd.getStatus());
        for (HerdCondition condition : now.conditions()) {
            Optional<HerdCondition> was = before.flatMap(status -> status.condition(condition.type()));
            Optional<EventReason> news =
                    condition.holds() ? turnForTheBetter(condition, was) : turnForTheWorse(condition, was);
            news.ifPresent(reason -> recorder.record(herd, reason, condition.message()));
        }
    }

    private static Optional<EventReason> turnForTheBetter(HerdCondition now, Optional<HerdCondition> was) {
        return was.filter(w -> w.holds() && w.reason().equals(now.reason())).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(WHEN_TRUE.get(now.reason()));
    }

    /** That a new herd is not ready yet, or that a rewired edge is not connected yet, is no news. */
    private static Optional<EventReason> turnForTheWorse(HerdCondition now, Optional<HerdCondition> was) {
        boolean held = was.filter(HerdCondition::holds).isPresent();
        boolean sameReason = was.filter(w -> w.reason().equals(now.reason())).isPresent();
        return switch (now.reason()) {
            case "ServersNotReady" ->
                held && now.type().equals("Ready") ? Optional.of(EventReason.NotReady) : Optional.empty();
            case "ServersFailing" -> sameReason ? Optional.empty() : Optional.of(EventReason.NotReady);
            case "EdgesDown" -> held ? Optional.of(EventReason.TopologyBroken) : Optional.empty();
            case "ApplyFailed" -> sameReason ? Optional.empty() : Optional.of(EventReason.ApplyFailed);
            case "KeyMissing", "KeyEmpty", "KeyRefused" ->
                sameReason ? Optional.empty() : Optional.of(EventReason.PlacesKeyUnavailable);
            default -> Optional.empty();
        };
    }
}
