package io.serverherd.operator.reconcile;

import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedPod;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.observe.ObservedSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides which pod of an older template is replaced next. Pure: the same herd always gives the same answer.
 *
 * <ol>
 *   <li>A pod that is not ready anyway is replaced freely: nothing is lost, and it may be the cure.
 *   <li>A ready one only while every server is ready, none is on its way out, and every set's newest revision is known, and
 *       not before cert-manager has issued what clients are to be shown: without it the new pod would let nobody in.
 *   <li>And only when the one replaced before it has all its edges back, so that a new version which can't talk to the old one
 *       stops at the first pod. The one before is the youngest pod, when it is younger than all that are still to be replaced.
 *   <li>Articulation points of the topology come last.
 * </ol>
 */
final class RollingUpdater {

    Optional<Roll> next(DesiredHerd desired, ObservedHerd observed) {
        Map<String, DesiredServer> byName =
                desired.servers().stream().collect(Collectors.toMap(DesiredServer::name, Function.identity()));
        List<DesiredServer> outdated = desired
                .topology()
                .rollOrder(desired.servers().stream()
                        .filter(server -> observed.server(server).outdated())
                        .map(DesiredServer::name)
                        .toList())
                .stream()
                .map(byName::get)
                .toList();
        Optional<DesiredServer> stuck = outdated.stream()
                .filter(server -> !observed.server(server).ready())
                .findFirst();
        return stuck.or(() -> outdated.stream()
                        .findFirst()
                        .filter(first -> canSpareOne(desired, observed)
                                && canLetClientsIn(desired, observed)
                                && previousIsBack(byName, outdated, observed)))
                .map(server -> roll(server, observed));
    }

    private static boolean canSpareOne(DesiredHerd desired, ObservedHerd observed) {
        return desired.servers().stream()
                .map(observed::server)
                .allMatch(server -> server.ready()
                        && server.set().flatMap(ObservedSet::revision).isPresent());
    }

    private static boolean canLetClientsIn(DesiredHerd desired, ObservedHerd observed) {
        return desired.clientCertificate()
                .map(wanted -> observed.certificate(wanted.getMetadata().getName())
                        .flatMap(Certificate::ends)
                        .isPresent())
                .orElse(true);
    }

    private static boolean previousIsBack(
            Map<String, DesiredServer> byName, List<DesiredServer> outdated, ObservedHerd observed) {
        Instant youngestOutdated = outdated.stream()
                .map(server -> created(server, observed))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return byName.values().stream()
                .filter(server -> created(server, observed).isAfter(youngestOutdated))
                .max(Comparator.comparing(server -> created(server, observed)))
                .map(previous -> previous.neighbours().stream()
                        .allMatch(neighbour -> connected(previous, byName.get(neighbour), observed)))
                .orElse(true);
    }

    private static Instant created(DesiredServer server, ObservedHerd observed) {
        return observed.server(server).pod().map(ObservedPod::created).orElse(Instant.MIN);
    }

    private static boolean connected(DesiredServer a, DesiredServer b, ObservedHerd observed) {
        ObservedServer oneEnd = observed.server(a);
        ObservedServer otherEnd = observed.server(b);
        return oneEnd.connectedTo(b.name()) && otherEnd.connectedTo(a.name());
    }

    private static Roll roll(DesiredServer server, ObservedHerd observed) {
        ObservedPod pod = observed.server(server).pod().orElseThrow();
        return new Roll(server.name(), pod.name(), pod.uid());
    }
}
