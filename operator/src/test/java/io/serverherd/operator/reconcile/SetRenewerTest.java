package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.StorageSpec;
import io.serverherd.operator.desired.DesiredHerd;
import io.serverherd.operator.desired.DesiredServer;
import io.serverherd.operator.observe.DrawnHerd;
import io.serverherd.operator.observe.ObservedHerd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetRenewerTest {

    /** Claims are {@code SERVER:SIZE}, or {@code SERVER:SIZE!} for one that is not bound; 2Gi are wanted. */
    @ParameterizedTest(name = "{0} differ: {1}, claims {2} → {3}")
    @CsvSource({
        "'',    A=new B=new C=new,    '',                none",
        // one after the other, in the order of the topology
        "A B C, A=new B=new C=new,    '',                A",
        "B C,   A=new B=new C=new,    '',                B",
        // only while all are there, ready and of their set's newest template
        "B C,   A=absent B=new C=new, '',                none",
        "B C,   A=unseen B=new C=new, '',                none",
        "B C,   A=new! B=new C=new,   '',                none",
        "B C,   A=old B=new C=new,    '',                none",
        "B C,   A=gone B=new C=new,   '',                none",
        "B C,   A=new~ B=new C=new,   '',                none",
        // but a server that is not ready anyway has nothing to lose
        "A B C, A=new B=new! C=new,   '',                B",
        "A B C, A=new B=gone C=new,   '',                B",
        "B C,   A=absent B=new! C=new, '',               B",
        // not while it is away
        "A B C, A=new B=unseen C=new, '',                none",
        // not before its claim is large enough, for what is refused must be taken back
        "A B C, A=new B=new C=new,    A:1Gi,             B",
        "A B C, A=new B=new C=new,    A:1Gi B:1Gi C:1Gi, none",
        "A B C, A=new B=new C=new,    A:2048Mi B:1Gi,    A",
        "A B C, A=new B=new C=new,    A:3Gi,             A",
        "A B C, A=new B=new C=new,    A:1Gi!,            A",
    })
    void atMostOneSetIsTakenAwayAndTheRightOne(String differ, String is, String claims, String next) {
        ServerHerd herd =
                Herds.with(Herds.herd("h", "A B C"), "storage", new StorageSpec(new Quantity("2Gi"), null, null));
        DesiredHerd desired = DesiredHerd.of(herd, Herds.SETTINGS);
        ObservedHerd drawn = DrawnHerd.observe(desired, is, "");
        ObservedHerd observed =
                new ObservedHerd(drawn.objects(), claims(claims), drawn.servers(), drawn.lastApplied(), true);
        List<DesiredServer> differing = desired.servers().stream()
                .filter(server -> differ.contains(server.name()))
                .toList();

        assertThat(SetRenewer.next(differing, desired, observed)
                        .map(DesiredServer::name)
                        .orElse("none"))
                .isEqualTo(next);
    }

    private static Map<String, PersistentVolumeClaim> claims(String drawn) {
        return Arrays.stream(drawn.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split("[:!]"))
                .map(word -> claim(
                        "data-h-" + word[0].toLowerCase(java.util.Locale.ROOT) + "-0", word[1], !drawn.endsWith("!")))
                .collect(Collectors.toMap(claim -> claim.getMetadata().getName(), claim -> claim));
    }

    private static PersistentVolumeClaim claim(String name, String size, boolean bound) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .withNewStatus()
                .withPhase(bound ? "Bound" : "Pending")
                .endStatus()
                .build();
    }
}
