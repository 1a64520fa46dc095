package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.DefaultImage;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.HerdSettings;
import io.serverherd.operator.observe.AskedDeletions;
import io.serverherd.operator.observe.Availability;
import io.serverherd.operator.observe.HerdEventSources;
import io.serverherd.operator.observe.NodeStatusPoller;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.Observer;
import io.serverherd.operator.observe.OptionalWatch;
import io.serverherd.operator.ops.HerdEvents;
import io.serverherd.operator.ops.HerdMetrics;
import io.serverherd.operator.status.StatusReport;
import io.serverherd.operator.validation.OperatorLimits;
import io.serverherd.operator.validation.SpecValidator;
import io.serverherd.operator.validation.Validation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes what is there what a ServerHerd wants, one step at a time, from wherever it stands. */
public final class ServerHerdReconciler implements Reconciler<ServerHerd> {
    /** When somebody wrote the herd while a pass looked after it. */
    private static final Duration SOON = Duration.ofMillis(100);

    /** When something was refused, a name was taken, or a server lags behind: no event tells when to try again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final HerdSettings settings;
    private final NodeStatusPoller poller;
    private final Observer observer;
    private final SpecValidator validator = new SpecValidator();
    private final Applier applier;
    private final ClaimGrower claims = new ClaimGrower();
    private final SetRenewer sets;
    private final PodLabeller labeller = new PodLabeller();
    private final PeerRewirer rewirer;
    private final RollingUpdater roller = new RollingUpdater();
    private final PodReplacer pods;
    private final PeerSecurity security;
    private final OptionalWatch<Secret> secrets;
    private final OptionalWatch<Certificate> certificates;
    private final StatusReport report;
    private final HerdEvents events;
    private final HerdMetrics metrics;

    public ServerHerdReconciler(
            HerdSettings settings,
            KubernetesClient client,
            NodeStatusPoller poller,
            OptionalWatch<Secret> secrets,
            OptionalWatch<Certificate> certificates,
            Clock clock,
            HerdEvents events,
            HerdMetrics metrics) {
        this.settings = settings;
        this.poller = poller;
        this.secrets = secrets;
        this.certificates = certificates;
        this.events = events;
        this.metrics = metrics;
        AskedDeletions deletions = new AskedDeletions();
        ObjectDeleter deleter = new ObjectDeleter(client);
        observer = new Observer(poller, deletions);
        applier = new Applier(deleter);
        security = new PeerSecurity(
                new AuthorityKeeper(observer, applier, events, clock), applier, clock, settings.trustDomain());
        sets = new SetRenewer(deleter);
        rewirer = new PeerRewirer(clock);
        pods = new PodReplacer(deleter, deletions);
        report = new StatusReport(clock);
    }

    @Override
    public List<EventSource<?, ServerHerd>> prepareEventSources(EventSourceContext<ServerHerd> context) {
        metrics.read(context.getPrimaryCache());
        return HerdEventSources.prepare(context, poller, List.of(secrets, certificates));
    }

    @Override
    public UpdateControl<ServerHerd> reconcile(ServerHerd herd, Context<ServerHerd> context) {
        ObservedHerd found = observer.observe(herd, context);
        Validation validation = validate(herd, found, context);
        if (validation.refused()) {
            return leaveAsItIs(herd, found, validation, context);
        }
        Attempts attempts = new Attempts(herd);
        PeerSecurity.Secured secured = security.secure(herd, found, context, attempts);
        ObservedHerd observed = secured.observed();
        DesiredHerd desired = DesiredHerd.of(herd, settingsFor(herd, observed).withLinks(secured.links()));
        applier.apply(desired, observed, context, attempts);
        claims.grow(desired, observed, context, attempts);
        sets.renew(desired, observed, attempts);
        labeller.label(desired, observed, context, attempts);
        // What was just written is in the caches by now: no pod is judged by a template that has been corrected.
        ObservedHerd written = observer.observe(herd, context);
        rewirer.nudge(desired, written, context, attempts);
        Optional<Roll> roll = roller.next(desired, written)
                .filter(next -> attempts.comeBackUnless(observer.stillReady(herd, written, context.getClient())));
        roll.ifPresent(next -> pods.replace(next, herd.getMetadata().getNamespace(), attempts));
        poller.follow(herd, desired.servers(), observed);
        events.tellChange(herd, desired.topology().changesFrom(observed.topology()));
        roll.ifPresent(replaced -> events.tellReplacing(herd, replaced.server()));
        return conclude(herd, desired, observer.observe(herd, context), attempts, context);
    }

    private Validation validate(ServerHerd herd, ObservedHerd observed, Context<ServerHerd> context) {
        Validation ofSpec = validator.validate(herd, observed.sets());
        if (ofSpec.refused()) {
            return ofSpec;
        }
        Validation ofPeers = peersLimits(herd, context);
        boolean issued =
                herd.getSpec().clientTls() != null && herd.getSpec().clientTls().issuerRef() != null;
        return ofPeers.refused() || !issued ? ofPeers : OperatorLimits.issuedForClients(certificates.of(context));
    }

    private Validation peersLimits(ServerHerd herd, Context<ServerHerd> context) {
        if (!herd.peerTls().encrypted()) {
            return Validation.GOOD;
        }
        return herd.peerTls().managed()
                ? OperatorLimits.managed(secrets.of(context))
                : OperatorLimits.issued(certificates.of(context));
    }

    /** A newer operator's default image is none of an older herd's business. */
    private HerdSettings settingsFor(ServerHerd herd, ObservedHerd observed) {
        return settings.withNodeImage(DefaultImage.of(herd, observed.sets(), settings.nodeImage()));
    }

    /** The last good herd goes on serving, so its certificates must not end. */
    private UpdateControl<ServerHerd> leaveAsItIs(
            ServerHerd herd, ObservedHerd observed, Validation validation, Context<ServerHerd> context) {
        Attempts attempts = new Attempts(herd);
        if (PeerSecurity.holdsCertificates(herd, observed) && secrets.of(context) == Availability.AVAILABLE) {
            security.renew(herd, observed, context, attempts);
        }
        poller.follow(herd, observed.lastApplied(), observed);
        return againIf(
                validation.ofOperator() || attempts.areUnfinished(),
                update(herd, observed, report.refused(herd, observed, validation), context));
    }

    private UpdateControl<ServerHerd> conclude(
            ServerHerd herd,
            DesiredHerd desired,
            ObservedHerd observed,
            Attempts attempts,
            Context<ServerHerd> context) {
        return againIf(
                attempts.areUnfinished(),
                update(herd, observed, report.of(herd, desired, observed, attempts.progress()), context));
    }

    /** Unless it comes again sooner. */
    private static UpdateControl<ServerHerd> againIf(boolean needed, UpdateControl<ServerHerd> update) {
        return needed && update.getScheduleDelay().isEmpty() ? update.rescheduleAfter(RETRY) : update;
    }

    /** An operator that has just started knows of no server's links yet; to say so would be a false alarm. */
    private UpdateControl<ServerHerd> update(
            ServerHerd herd, ObservedHerd observed, ServerHerdStatus status, Context<ServerHerd> context) {
        if (!observed.complete()) {
            return UpdateControl.noUpdate();
        }
        if (!StatusUpdate.write(herd, status, context)) {
            return UpdateControl.<ServerHerd>noUpdate().rescheduleAfter(SOON);
        }
        events.tellTransitions(herd, status);
        return UpdateControl.noUpdate();
    }
}
