package io.serverherd.operator.status;

import static io.serverherd.operator.Herds.SETTINGS;
import static io.serverherd.operator.Herds.herd;
import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.HerdCondition;
import io.serverherd.operator.api.HerdCondition.Status;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.ServerHerdStatus;
import io.serverherd.operator.api.ServerStatus;
import io.serverherd.operator.api.TlsSecretRef;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.NodeStatus;
import io.serverherd.operator.observe.ObservedHerd;
import io.serverherd.operator.observe.ObservedServer;
import io.serverherd.operator.validation.Validation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReportTest {
    private static final NodeStatus.Places LOADED = NodeStatus.Places.of(NodeStatus.PlacesKey.LOADED);

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    private final StatusReport report = reportAt(NOON);

    @ParameterizedTest(name = "{0}, down {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A=new  B=new  C=new    |         | True  | AllServersReady | True  | EveryEdgeConnected | 3/3 | 2/2 | Running",
                "A=gone B=gone C=gone   | A-B B-C | False | ServersNotReady | False | ServersNotReady    | 0/3 | 0/2 | Waiting for 3 servers",
                "A=new! B=new  C=new    | A-B     | False | ServersFailing  | False | ServersNotReady    | 2/3 | 1/2 | A: CrashLoopBackOff",
                "A=new! B=new! C=new    | A-B     | False | ServersFailing  | False | ServersNotReady    | 1/3 | 0/2 | 2 servers: CrashLoopBackOff",
                "A=new% B=new  C=new    | A-B     | False | ServersNotReady | False | ServersNotReady    | 2/3 | 1/2 | A: Unschedulable",
                "A=new  B=old  C=old    |         | False | RollingUpdate   | True  | EveryEdgeConnected | 3/3 | 2/2 | Replacing servers, 2 to go",
                "A=gone B=old  C=old    | A-B     | False | RollingUpdate   | False | ServersNotReady    | 2/3 | 1/2 | Replacing servers, 2 to go",
                "A=new! B=old  C=old    | A-B     | False | ServersFailing  | False | ServersNotReady    | 2/3 | 1/2 | A: CrashLoopBackOff",
                "A=unseen B=new C=new   |         | False | SetsPending     | True  | EveryEdgeConnected | 3/3 | 2/2 | Applying",
                "A=new# B=new# C=new    | A-B     | True  | AllServersReady | False | Rewiring           | 3/3 | 1/2 | Rewiring",
                "A=new  B=new  C=new    | B-C     | True  | AllServersReady | False | EdgesDown          | 3/3 | 1/2 | Edge B-C is down",
                "A=new  B=new  C=new    | A-B B-C | True  | AllServersReady | False | EdgesDown          | 3/3 | 0/2 | 2 edges are down",
                "A=new? B=new  C=new    |         | True  | AllServersReady | False | ServersSilent      | 3/3 | 1/2 | No answer from 1 server",
                "A=new~ B=new  C=new    |         | False | ServersNotReady | False | ServersNotReady    | 2/3 | 2/2 | Waiting for 1 server",
            })
    void whatIsThereIsSaid(
            String is,
            String down,
            Status ready,
            String readyReason,
            Status converged,
            String convergedReason,
            String servers,
            String edges,
            String state) {
        ServerHerd herd = herd("h", "A-B B-C");

        ServerHerdStatus status = report(herd, is, down == null ? "" : down);

        assertThat(condition(status, "Ready").status()).isEqualTo(ready);
        assertThat(condition(status, "Ready").reason()).isEqualTo(readyReason);
        assertThat(condition(status, "TopologyConverged").status()).isEqualTo(converged);
        assertThat(condition(status, "TopologyConverged").reason()).isEqualTo(convergedReason);
        assertThat(status.condition("Reconciling").isPresent())
                .isEqualTo(ready != Status.True || converged != Status.True);
        assertThat(status.condition("Stalled")).isEmpty();
        assertThat(status.condition("PlacesKeyAvailable")).isEmpty();
        assertThat(status.summary().servers()).isEqualTo(servers);
        assertThat(status.summary().edges()).isEqualTo(edges);
        assertThat(status.summary().state()).isEqualTo(state);
    }

    @Test
    void anEdgeIsConnectedOnlyWhenBothEndsSaySo() {
        ServerHerd herd = herd("h", "A-B");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd both = DrawnHerd.observe(desired, "A=new B=new", "");
        ObservedHerd one = with(
                both,
                "h-b",
                new NodeStatus(
                        desired.servers().get(1).configHash(),
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        NodeStatus.Places.of(NodeStatus.PlacesKey.LOADED)));

        ServerHerdStatus status = report.of(herd, desired, one, Progress.unhindered());

        assertThat(status.summary().edges()).isEqualTo("0/1");
        assertThat(status.servers())
                .containsExactly(
                        new ServerStatus("A", "h-a-0", true, 1, 1), new ServerStatus("B", "h-b-0", true, 1, 0));
    }

    @Test
    void theTroubleOfAPodIsInTheMessage() {
        ServerHerdStatus status = report(herd("h", "A-B"), "A=new! B=new!", "");

        assertThat(condition(status, "Ready").message())
                .isEqualTo(
                        "0 of 2 servers are ready; not ready: A, B; A, B: CrashLoopBackOff: the server ended with code 1");
    }

    @Test
    void aTopologyInPartsIsSaid() {
        ServerHerdStatus status = report(herd("h", "A-B C"), "A=new B=new C=new", "");

        assertThat(condition(status, "TopologyConverged").message()).contains("2 parts");
    }

    @Test
    void timesChangeOnlyWithTheStatus() {
        ServerHerd herd = herd("h", "A-B");
        herd.setStatus(report(herd, "A=new B=new", ""));

        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ServerHerdStatus later = reportAt(NOON.plusSeconds(60))
                .of(herd, desired, DrawnHerd.observe(desired, "A=new B=new", "A-B"), Progress.unhindered());

        assertThat(condition(later, "Ready").lastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(condition(later, "TopologyConverged").lastTransitionTime()).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void theSamePictureIsTheSameStatusHoursLater() {
        ServerHerd herd = herd("h", "A-B");
        herd.setStatus(report(herd, "A=new B=new!", ""));

        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ServerHerdStatus later = reportAt(NOON.plusSeconds(9_999))
                .of(herd, desired, DrawnHerd.observe(desired, "A=new B=new!", ""), Progress.unhindered());

        assertThat(later).isEqualTo(herd.getStatus());
    }

    @Test
    void theGenerationIsOnTheStatusAndOnEveryCondition() {
        ServerHerd herd = herd("h", "A");
        herd.getMetadata().setGeneration(7L);

        ServerHerdStatus status = report(herd, "A=new!", "");

        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.conditions())
                .extracting(HerdCondition::observedGeneration)
                .containsOnly(7L);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "LOADED,  True,    KeyLoaded,     Running",
        "MISSING, False,   KeyMissing,    Running without Places key",
        "EMPTY,   False,   KeyEmpty,      Running without Places key",
        ",        Unknown, ServersSilent, Running",
    })
    void aWantedKeyIsAConditionOfItsOwn(NodeStatus.PlacesKey key, Status status, String reason, String state) {
        ServerHerd herd = Herds.withPlacesKey(herd("h", "A"), "google");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = with(
                DrawnHerd.observe(desired, "A=new", ""),
                "h-a",
                new NodeStatus(
                        desired.servers().get(0).configHash(),
                        Set.of(),
                        Set.of(),
                        null,
                        null,
                        NodeStatus.Places.of(key)));

        ServerHerdStatus said = report.of(herd, desired, observed, Progress.unhindered());

        assertThat(condition(said, "PlacesKeyAvailable").status()).isEqualTo(status);
        assertThat(condition(said, "PlacesKeyAvailable").reason()).isEqualTo(reason);
        assertThat(condition(said, "Ready").holds()).isTrue();
        assertThat(said.summary().state()).isEqualTo(state);
    }

    @Test
    void whatCertManagerHasNotIssuedIsSaidInItsWords() {
        ServerHerd herd = issued(herd("h", "A-B"));
        LinkSecurity.Issued waits = new LinkSecurity.Issued(
                Optional.of(herd.peerTls().issuerRef()),
                Map.of(),
                new TreeMap<>(Map.of("h-a-peer-cert", "Failed: no such issuer", "h-b-peer-cert", "Pending: wait")));
        DesiredHerd desired = DesiredHerd.of(
                herd, SETTINGS.withLinks(new LinkSecurity(LinkSecurity.Own.NOTHING, waits, Set.of(), Set.of())));

        ServerHerdStatus said =
                report.of(herd, desired, DrawnHerd.observe(desired, "A=new B=new", ""), Progress.unhindered());

        assertThat(condition(said, "PeerCertificatesUnavailable").reason()).isEqualTo("CertificatesNotReady");
        assertThat(condition(said, "PeerCertificatesUnavailable").message())
                .isEqualTo("cert-manager has not issued h-a-peer-cert, h-b-peer-cert; of the first it says"
                        + " \"Failed: no such issuer\" (more: kubectl describe certificate,certificaterequest)");
        assertThat(said.summary().state()).isEqualTo("Waiting for 2 certificates");
    }

    @Test
    void whatAServerSaysOfItsNewerCertificatesIsSaidUnlessNobodyUsesAny() {
        ServerHerd herd = herd("h", "A");
        ServerHerd plain = Herds.with(herd, "peerTls", new PeerTlsSpec(PeerTlsSpec.DISABLED, null));

        ServerHerdStatus said = ofBadCertificates(herd);

        assertThat(condition(said, "PeerCertificatesUnavailable").reason()).isEqualTo("CertificatesRefused");
        assertThat(condition(said, "PeerCertificatesUnavailable").message())
                .isEqualTo("newer certificates can't be used by A; A says \"tls.key: no key\"");
        assertThat(ofBadCertificates(issued(herd)).condition("PeerCertificatesUnavailable"))
                .isPresent();
        assertThat(ofBadCertificates(plain).condition("PeerCertificatesUnavailable"))
                .isEmpty();
    }

    private ServerHerdStatus ofBadCertificates(ServerHerd herd) {
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = with(
                DrawnHerd.observe(desired, "A=new", ""),
                "h-a",
                new NodeStatus(
                        desired.servers().get(0).configHash(),
                        Set.of(),
                        Set.of(),
                        new NodeStatus.PeerTls("old", "old", "2026-12-22T23:54:41Z", "tls.key: no key"),
                        null,
                        LOADED));
        return report.of(herd, desired, observed, Progress.unhindered());
    }

    private static ServerHerd issued(ServerHerd herd) {
        return Herds.with(herd, "peerTls", new PeerTlsSpec(PeerTlsSpec.CERT_MANAGER, new IssuerRef("ca", null, null)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tls.crt: missing in HERD_CLIENT_TLS_DIR; no client is let in | ClientCertificateMissing"
                        + " | Secret \"web\" has no certificate for clients on A: kubectl -n default create secret tls web"
                        + " --cert=tls.crt --key=tls.key",
                "ca.crt: missing in HERD_CLIENT_CA_DIR; no client is let in | ClientCaMissing"
                        + " | key \"ca.pem\" of Secret \"phones\" is missing on A, which lets no client in: kubectl -n default"
                        + " create secret generic phones --from-file=ca.pem=ca.crt",
                "tls.key: no key; keeping the last | ClientCertificateRefused"
                        + " | files for TLS with clients can't be used by A; A says \"tls.key: no key; keeping the last\""
            })
    void whatLacksForTlsWithClientsIsSaidWithWhatToDo(String problem, String reason, String message) {
        ServerHerd herd = Herds.with(
                herd("h", "A"),
                "clientTls",
                new ClientTlsSpec(new TlsSecretRef("web"), null, null, new CaSecretRef("phones", "ca.pem")));

        HerdCondition said = condition(ofClientTls(herd, problem), "ClientTlsUnavailable");

        assertThat(said.holds()).isTrue();
        assertThat(said.reason()).isEqualTo(reason);
        assertThat(said.message()).isEqualTo(message);
        assertThat(ofClientTls(herd, null).condition("ClientTlsUnavailable")).isEmpty();
    }

    @Test
    void aCertificateForClientsThatIsNotIssuedYetIsSaidInCertManagersWords() {
        ServerHerd herd = Herds.with(
                herd("h", "A"), "clientTls", new ClientTlsSpec(null, new IssuerRef("ca", null, null), null, null));

        HerdCondition said = condition(ofClientTls(herd, null), "ClientTlsUnavailable");

        assertThat(said.reason()).isEqualTo("ClientCertificateNotReady");
        assertThat(said.message())
                .startsWith("cert-manager has not issued the certificate for clients; it says \"not made yet\"");
    }

    private ServerHerdStatus ofClientTls(ServerHerd herd, String problem) {
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = with(
                DrawnHerd.observe(desired, "A=new", ""),
                "h-a",
                new NodeStatus(desired.servers().get(0).configHash(), Set.of(), Set.of(), null, problem, LOADED));
        return report.of(herd, desired, observed, Progress.unhindered());
    }

    private ServerHerdStatus reportOf(ServerHerd herd, NodeStatus.Places first, NodeStatus.Places second) {
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = DrawnHerd.observe(desired, "A=new B=new", "");
        List<NodeStatus.Places> places = List.of(first, second);
        for (int i = 0; i < 2; i++) {
            String hash = desired.servers().get(i).configHash();
            observed = with(
                    observed,
                    desired.servers().get(i).setName(),
                    new NodeStatus(hash, Set.of(i == 0 ? "B" : "A"), Set.of(), null, null, places.get(i)));
        }
        return report.of(herd, desired, observed, Progress.unhindered());
    }

    @Test
    void aRefusedKeyIsSaidWithItsReasonAndTheServersThatKeepTheOneBefore() {
        ServerHerd herd = Herds.withPlacesKey(herd("h", "A-B"), "google");
        NodeStatus.Places refused =
                new NodeStatus.Places(NodeStatus.PlacesKey.LOADED, "larger than 4096 bytes", null, false);

        ServerHerdStatus said = reportOf(herd, LOADED, refused);

        assertThat(condition(said, "PlacesKeyAvailable").status()).isEqualTo(Status.False);
        assertThat(condition(said, "PlacesKeyAvailable").reason()).isEqualTo("KeyRefused");
        assertThat(condition(said, "PlacesKeyAvailable").message())
                .isEqualTo("key \"api-key\" of Secret \"google\" can't be a Places API key: larger than 4096 bytes;"
                        + " the one before, if any, stays in force on B");
        assertThat(said.summary().state()).isEqualTo("Running, Places key refused");
        assertThat(condition(said, "Ready").holds()).isTrue();
    }

    @Test
    void aBudgetThatIsUsedUpIsAConditionAsLongAsItIs() {
        NodeStatus.Places spent = new NodeStatus.Places(NodeStatus.PlacesKey.LOADED, null, null, true);

        ServerHerdStatus said = reportOf(herd("h", "A-B"), spent, LOADED);

        assertThat(condition(said, "PlacesBudgetExhausted").holds()).isTrue();
        assertThat(condition(said, "PlacesBudgetExhausted").message())
                .isEqualTo("the share of spec.places.maxRequestsPerDay is used up on A: WHATSAT answers"
                        + " OVER_QUERY_LIMIT there until 00:00 UTC");
        assertThat(condition(said, "Ready").holds()).isTrue();
        assertThat(reportOf(herd("h", "A-B"), LOADED, LOADED).condition("PlacesBudgetExhausted"))
                .isEmpty();
    }

    @Test
    void authoritiesThatAreNotThereAreAConditionAsLongAsTheyAreNot() {
        ServerHerd herd = Herds.with(
                herd("h", "A-B"), "places", Herds.places(Map.of("caSecretRef", new CaSecretRef("company", null))));
        NodeStatus.Places without = new NodeStatus.Places(NodeStatus.PlacesKey.LOADED, null, "is missing", false);

        assertThat(condition(reportOf(herd, without, without), "PlacesCaUnavailable")
                        .message())
                .isEqualTo("key \"ca.crt\" of Secret \"company\" is missing on A, B: put the certificates into it,"
                        + " in PEM");
        assertThat(reportOf(herd, LOADED, LOADED).condition("PlacesCaUnavailable"))
                .isEmpty();
    }

    @Test
    void aMissingKeySaysWhatToType() {
        ServerHerd herd = Herds.withPlacesKey(herd("h", "A"), "google");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = with(
                DrawnHerd.observe(desired, "A=new", ""),
                "h-a",
                new NodeStatus("", Set.of(), Set.of(), null, null, NodeStatus.Places.of(NodeStatus.PlacesKey.MISSING)));

        assertThat(condition(report.of(herd, desired, observed, Progress.unhindered()), "PlacesKeyAvailable")
                        .message())
                .contains("kubectl -n default create secret generic google --from-literal=api-key=KEY");
    }

    @Test
    void aRefusedSpecStallsAndTheLastGoodHerdIsStillReported() {
        ServerHerd herd = herd("h", "A-B");
        ObservedHerd observed = DrawnHerd.observe(DesiredHerd.of(herd, SETTINGS), "A=new B=new", "");
        herd.getMetadata().setGeneration(2L);

        ServerHerdStatus status =
                report.refused(herd, observed, Validation.ofSpec(List.of("spec.edges[0]: edge A-Z names \"Z\"")));

        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(condition(status, "Stalled").holds()).isTrue();
        assertThat(condition(status, "Stalled").message()).contains("\"Z\"");
        assertThat(condition(status, "Ready").status()).isEqualTo(Status.False);
        assertThat(condition(status, "Ready").message()).contains("\"Z\"", "stays in force: 2 of 2 servers are ready");
        assertThat(condition(status, "TopologyConverged").holds()).isTrue();
        assertThat(status.servers()).extracting(ServerStatus::name).containsExactly("A", "B");
        assertThat(status.summary().state()).isEqualTo("Spec refused");
    }

    @Test
    void aTakenNameAndARefusalOfTheApiAreSaid() {
        ServerHerd herd = herd("h", "A");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        ObservedHerd observed = DrawnHerd.observe(desired, "A=new", "");

        ServerHerdStatus taken = report.of(
                herd, desired, observed, new Progress(List.of("Service h"), List.of(), List.of(), Optional.empty()));
        ServerHerdStatus refused = report.of(
                herd,
                desired,
                observed,
                new Progress(List.of(), List.of("apply Service h: forbidden"), List.of(), Optional.empty()));

        assertThat(condition(taken, "NameConflict").message()).contains("Service h");
        assertThat(condition(taken, "Ready").reason()).isEqualTo("NameConflict");
        assertThat(condition(refused, "Ready").reason()).isEqualTo("ApplyFailed");
        assertThat(condition(refused, "Ready").message()).contains("apply Service h: forbidden");
        assertThat(refused.condition("NameConflict")).isEmpty();
    }

    @ParameterizedTest(name = "{0}, held {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A=new  B=new | ''             | True  | AllServersReady | ''   | NothingWaits | nothing waits                          | Paused",
                "A=new! B=new | ''             | False | ServersFailing | ''   | NothingWaits | nothing waits                          | Paused",
                "A=new  B=new | 'ConfigMap h-a' | False | Paused          | True | ChangesWait  | 1 object to apply: ConfigMap h-a       | 'Paused, changes wait'",
                "A=old  B=old | ''             | False | Paused          | True | ChangesWait  | 2 pods to replace: A, B                | 'Paused, changes wait'",
                "A=old  B=new | 'ConfigMap h-a,Service h' | False | Paused | True | ChangesWait | 2 objects to apply: ConfigMap h-a, Service h; 1 pod to replace: A | 'Paused, changes wait'",
            })
    void aPauseSaysWhatWaitsAndWhatWaitsIsNoProgress(
            String is,
            String held,
            Status ready,
            String readyReason,
            String stalled,
            String reason,
            String message,
            String state) {
        ServerHerd herd = herd("h", "A-B");
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        Map<String, List<String>> toApply = held.isEmpty() ? Map.of() : Map.of("apply", List.of(held.split(",")));

        ServerHerdStatus status = report.of(
                herd,
                desired,
                DrawnHerd.observe(desired, is, ""),
                new Progress(List.of(), List.of(), List.of(), Optional.of(new Held(toApply))));

        assertThat(condition(status, "Paused").holds()).isTrue();
        assertThat(condition(status, "Paused").reason()).isEqualTo(reason);
        assertThat(condition(status, "Paused").message()).startsWith(message);
        assertThat(condition(status, "Ready").status()).isEqualTo(ready);
        assertThat(condition(status, "Ready").reason()).isEqualTo(readyReason);
        assertThat(status.condition("Stalled").isPresent()).isEqualTo(!stalled.isEmpty());
        assertThat(status.condition("Reconciling").isPresent()).isEqualTo(ready != Status.True && stalled.isEmpty());
        assertThat(status.summary().state()).isEqualTo(state);
    }

    private ServerHerdStatus report(ServerHerd herd, String is, String down) {
        DesiredHerd desired = DesiredHerd.of(herd, SETTINGS);
        return report.of(herd, desired, DrawnHerd.observe(desired, is, down), Progress.unhindered());
    }

    private static ObservedHerd with(ObservedHerd herd, String set, NodeStatus says) {
        Map<String, ObservedServer> servers = new HashMap<>(herd.servers());
        ObservedServer is = servers.get(set);
        servers.put(set, new ObservedServer(is.set(), is.pod(), Optional.of(says)));
        return new ObservedHerd(herd.objects(), Map.of(), servers, herd.lastApplied(), true);
    }

    private static StatusReport reportAt(Instant now) {
        return new StatusReport(Clock.fixed(now, ZoneOffset.UTC));
    }

    private static HerdCondition condition(ServerHerdStatus status, String type) {
        return status.condition(type).orElseThrow(() -> new AssertionError("no condition " + type + " in " + status));
    }
}
