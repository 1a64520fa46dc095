package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.observe.ObservedSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes sets away whose fixed fields are to be others, and leaves their pods: they serve on. A set that is gone is applied by a
 * later pass as any other that is missing, and takes its pod over; so nothing has to be remembered between the two.
 *
 * <p>One server after the other, each to its end. The next set is taken only when every set is known, every server is ready and
 * every pod as its set wants it: a volume that can't be had stops at the first. But a server that is not ready anyway has
 * nothing to lose, and it may be the cure.
 */
final class SetRenewer {
    private static final Logger LOG = LoggerFactory.getLogger(SetRenewer.class);

    private final ObjectDeleter deleter;

    SetRenewer(ObjectDeleter deleter) {
        this.deleter = deleter;
    }

    void renew(DesiredHerd desired, ObservedHerd observed, Attempts attempts) {
        Map<String, StatefulSet> differing = differing(desired, observed);
        List<DesiredServer> servers = inOrder(differing, desired);
        servers.forEach(server -> attempts.waitsForRenewal(key(server)));
        next(servers, desired, observed)
                .ifPresent(server ->
                        attempts.write("make anew", key(server), () -> orphan(differing.get(server.setName()))));
    }

    /** At most one of the servers whose sets differ. */
    static Optional<DesiredServer> next(List<DesiredServer> differing, DesiredHerd desired, ObservedHerd observed) {
        List<DesiredServer> able = differing.stream()
                .filter(server -> isKnown(observed.server(server)))
                // Larger in the set but refused to the claim: that could not be taken back.
                .filter(server ->
                        ClaimGrower.tooSmall(server, desired, observed).isEmpty())
                .toList();
        return able.stream()
                .filter(server -> !observed.server(server).ready())
                .findFirst()
                .or(() -> able.stream().findFirst().filter(server -> everyServerIsAsItShouldBe(desired, observed)));
    }

    private static boolean everyServerIsAsItShouldBe(DesiredHerd desired, ObservedHerd observed) {
        return desired.servers().stream()
                .map(observed::server)
                .allMatch(server -> isKnown(server) && server.ready() && !server.outdated());
    }

    private static boolean isKnown(ObservedServer server) {
        return server.set().flatMap(ObservedSet::revision).isPresent();
    }

    private static Map<String, StatefulSet> differing(DesiredHerd desired, ObservedHerd observed) {
        return desired.objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .flatMap(wanted ->
                        Optional.ofNullable((StatefulSet) observed.objects().get(ObjectKey.of(wanted)))
                                .filter(actual -> differ(actual, wanted))
                                .stream())
                .collect(Collectors.toMap(set -> set.getMetadata().getName(), set -> set));
    }

    static boolean differ(StatefulSet actual, StatefulSet wanted) {
        return !FixedFields.of(actual).equals(FixedFields.of(wanted));
    }

    /** Servers without which the herd falls apart come last, as when pods are replaced. */
    private static List<DesiredServer> inOrder(Map<String, StatefulSet> differing, DesiredHerd desired) {
        Map<String, DesiredServer> byName = desired.servers().stream()
                .filter(server -> differing.containsKey(server.setName()))
                .collect(Collectors.toMap(DesiredServer::name, server -> server));
        return desired.topology().rollOrder(List.copyOf(byName.keySet())).stream()
                .map(byName::get)
                .toList();
    }

    private void orphan(StatefulSet set) {
        deleter.orphan(set);
        LOG.atInfo()
                .addKeyValue("namespace", set.getMetadata().getNamespace())
                .addKeyValue("set", set.getMetadata().getName())
                .log("set.renewed");
    }

    private static ObjectKey key(DesiredServer server) {
        return new ObjectKey("StatefulSet", server.setName());
    }
}
