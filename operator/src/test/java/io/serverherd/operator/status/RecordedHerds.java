package io.serverherd.operator.status;

import static io.serverherd.operator.Herds.SETTINGS;

import io.serverherd.operator.Herds;
import io.serverherd.operator.api.EdgeSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.NodeStatus;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.validation.SpecValidator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One herd for each situation that programs must tell apart, with the status the operator gives it. */
public final class RecordedHerds {
    private static final StatusReport REPORT =
            new StatusReport(Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC));
    private static final String RUNNING = "A=new B=new C=new";

    private RecordedHerds() {}

    /** By the name of the situation, in the order of a herd's life. */
    public static Map<String, ServerHerd> all() {
        Map<String, ServerHerd> herds = new LinkedHashMap<>();
        herds.put("new", unseen());
        herds.put("coming-up", drawn("A=new B=gone C=absent", "A-B B-C"));
        herds.put("unschedulable", drawn("A=new B=new C=new%", "B-C"));
        herds.put("failing", drawn("A=new B=new C=new!", "B-C"));
        herds.put("ready", drawn(RUNNING, ""));
        herds.put("edited", ofGeneration(2, drawn(RUNNING, "")));
        herds.put("rewiring", drawn("A=new# B=new C=new#", "A-B B-C"));
        herds.put("edge-down", drawn(RUNNING, "B-C"));
        herds.put("applying", drawn("A=unseen B=unseen C=unseen", ""));
        herds.put("rolling", drawn("A=new B=old C=old", ""));
        herds.put(
                "renewing-sets",
                hindered(new Progress(List.of(), List.of(), List.of("plain-b", "plain-c"), Optional.empty())));
        herds.put("server-lost", drawn("A=new B=new C=new~", ""));
        herds.put("key-missing", keyMissing());
        herds.put(
                "name-taken", hindered(new Progress(List.of("Service plain"), List.of(), List.of(), Optional.empty())));
        herds.put(
                "api-refuses",
                hindered(new Progress(
                        List.of(), List.of("apply Service plain: forbidden"), List.of(), Optional.empty())));
        herds.put("paused", paused(Map.of()));
        herds.put("paused-waiting", paused(Map.of("apply", List.of("ConfigMap plain-a", "ConfigMap plain-b"))));
        herds.put("spec-refused", refused());
        herds.put("deleting", deleting());
        return herds;
    }

    /** As the API server stores a new herd: the definition's default is its status. */
    private static ServerHerd unseen() {
        ServerHerd herd = plain();
        herd.setStatus(new ServerHerdStatus(-1L, null, null, null));
        return herd;
    }

    private static ServerHerd drawn(String is, String down) {
        ServerHerd herd = plain();
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        herd.setStatus(REPORT.of(herd, desired, DrawnHerd.observe(desired, is, down), Progress.unhindered()));
        return herd;
    }

    private static ServerHerd ofGeneration(long generation, ServerHerd herd) {
        herd.getMetadata().setGeneration(generation);
        return herd;
    }

    private static ServerHerd keyMissing() {
        ServerHerd herd = Herds.withPlacesKey(plain(), "google-places");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd keyed = DrawnHerd.observe(desired, RUNNING, "");
        Map<String, ObservedServer> keyless = new HashMap<>();
        keyed.servers().forEach((set, server) -> {
            NodeStatus says = server.node().orElseThrow();
            NodeStatus misses = new NodeStatus(
                    says.configHash(),
                    says.connected(),
                    Set.of(),
                    null,
                    null,
                    NodeStatus.Places.of(NodeStatus.PlacesKey.MISSING));
            keyless.put(set, new ObservedServer(server.set(), server.pod(), Optional.of(misses)));
        });
        ObservedHerd observed = new ObservedHerd(keyed.objects(), Map.of(), keyless, keyed.lastApplied(), true);
        herd.setStatus(REPORT.of(herd, desired, observed, Progress.unhindered()));
        return herd;
    }

    private static ServerHerd hindered(Progress progress) {
        ServerHerd herd = plain();
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        herd.setStatus(REPORT.of(herd, desired, DrawnHerd.observe(desired, RUNNING, ""), progress));
        return herd;
    }

    private static ServerHerd paused(Map<String, List<String>> held) {
        ServerHerd herd = hindered(new Progress(List.of(), List.of(), List.of(), Optional.of(new Held(held))));
        ServerHerd paused = Herds.with(herd, "paused", true);
        paused.setStatus(herd.getStatus());
        return paused;
    }

    private static ServerHerd refused() {
        ObservedHerd lastGood = DrawnHerd.observe(DesiredHerd.of(plain(), SETTINGS), RUNNING, "");
        ServerHerd herd = Herds.with(plain(), "edges", List.of(new EdgeSpec("A", "B"), new EdgeSpec("B", "Z")));
        herd.getMetadata().setGeneration(2L);
        herd.setStatus(REPORT.refused(herd, lastGood, new SpecValidator().validate(herd)));
        return herd;
    }

    private static ServerHerd deleting() {
        ServerHerd herd = drawn(RUNNING, "");
        herd.getMetadata().setDeletionTimestamp("2026-01-01T12:00:00Z");
        return herd;
    }

    private static ServerHerd plain() {
        return Herds.herd("plain", "A-B B-C");
    }
}
