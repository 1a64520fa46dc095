package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.certmanager.CertificateStatus;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.ObjectKey;
import io.serverherd.operator.observe.ObservedHerd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdaterTest {
    private final RollingUpdater updater = new RollingUpdater();

    @ParameterizedTest(name = "{0}: {1}, down {2} → {3}")
    @CsvSource({
        // nothing to do
        "A-B B-C,     A=new B=new C=new,    '',  none",
        // ends of the chain before its middle
        "A-B B-C,     A=old B=old C=old,    '',  A",
        "A-B B-C,     A=new B=old C=old,    '',  C",
        "A-B B-C,     A=new B=old C=new,    '',  B",
        // one at a time: all others ready, there, and none on its way out
        "A-B B-C,     A=new! B=old C=old,   '',  none",
        "A-B B-C,     A=gone B=old C=old,   '',  none",
        "A-B B-C,     A=old~ B=old C=old,   '',  none",
        "A-B B-C,     A=absent B=old C=old, '',  none",
        "A-B B-C D,   D=new! A=old B=old C=old, '', none",
        // not before every set's newest revision is known
        "A-B B-C,     A=unseen B=old C=old, '',  none",
        "A-B B-C,     A=unseen B=unseen C=unseen, '', none",
        // the one before must have all its edges back, seen from both ends
        "A-B B-C,     A=new B=old C=old,    A-B, none",
        "A-B B-C,     A=new? B=old C=old,   '',  none",
        "A-B B-C,     A=new B=old? C=old,   '',  none",
        // but an edge that was down before anything was replaced holds nothing up: the new version may be the cure
        "A-B B-C,     A=old B=old C=old,    B-C, A",
        "A-B B-C,     A=new B=old C=old,    B-C, C",
        // a pod that is not ready anyway goes first, whatever the others do
        "A-B B-C,     A=old B=old! C=old,   '',  B",
        "A-B B-C,     A=new! B=old! C=old,  '',  B",
        "A-B B-C,     A=gone B=old! C=old,  '',  B",
        "A-B B-C,     A=old! B=old! C=old!, '',  A",
        // a bad new version stops at the first pod, and the way back begins with that pod
        "A-B B-C,     A=new! B=old C=old,   A-B, none",
        "A-B B-C,     A=old! B=new C=new,   A-B, A",
        // a pod on its way out is not deleted again
        "A-B,         A=old!~ B=new,        '',  none",
    })
    void atMostOnePodIsReplacedAndTheRightOne(String topology, String is, String down, String next) {
        DesiredHerd desired = DesiredHerd.of(Herds.herd("h", topology), Herds.SETTINGS);

        String decided = updater.next(desired, DrawnHerd.observe(desired, is, down))
                .map(Roll::server)
                .orElse("none");

        assertThat(decided).isEqualTo(next);
    }

    @ParameterizedTest(name = "{0}, issued until {1} → {2}")
    @CsvSource({
        "A=old B=old,  ,                     none",
        "A=old B=old,  2026-02-01T00:00:00Z, A",
        // not ready anyway
        "A=old B=old!, ,                     B",
    })
    void noReadyPodIsReplacedBeforeThereIsACertificateForClients(String is, String until, String next) {
        DesiredHerd desired = DesiredHerd.of(
                Herds.with(
                        Herds.herd("h", "A B"),
                        "clientTls",
                        new ClientTlsSpec(null, new IssuerRef("company", null, null), null, null)),
                Herds.SETTINGS);
        ObservedHerd drawn = DrawnHerd.observe(desired, is, "");
        Certificate certificate = new Certificate();
        certificate.setStatus(new CertificateStatus(List.of(), until));
        ObservedHerd observed = new ObservedHerd(
                Map.of(new ObjectKey("Certificate", "h-client-tls"), certificate),
                drawn.claims(),
                drawn.servers(),
                drawn.lastApplied(),
                true);

        assertThat(updater.next(desired, observed).map(Roll::server).orElse("none"))
                .isEqualTo(next);
    }

    @Test
    void theDecisionNamesThePodByItsUid() {
        DesiredHerd desired = DesiredHerd.of(Herds.herd("h", "A"), Herds.SETTINGS);

        assertThat(updater.next(desired, DrawnHerd.observe(desired, "A=old", "")))
                .contains(new Roll("A", "h-a-0", "pod-A"));
    }
}
