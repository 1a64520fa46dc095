package io.serverherd.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.api.StorageSpec;
import io.serverherd.operator.desired.DesiredHerd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedFieldsTest {

    /** Storage is {@code SIZE/CLASS/RETENTION}. */
    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource({
        "'',         '',           true",
        "'',         1Gi,          false",
        "1Gi,        '',           false",
        "1Gi,        2Gi,          false",
        "1Gi,        1024Mi,       true",
        "1Gi,        1073741824,   true",
        "1Gi,        1Gi/fast,     false",
        "1Gi/slow,   1Gi/fast,     false",
        "1Gi//Delete, 1Gi//Retain, true",
    })
    void whatOfStorageCannotBeChangedIsKnown(String before, String after, boolean same) {
        assertThat(SetRenewer.differ(set(before), set(after))).isEqualTo(!same);
    }

    @Test
    void theOtherFieldsTheOperatorSaysAreLookedAtToo() {
        StatefulSet other = set("");
        other.getSpec().setServiceName("another");

        assertThat(SetRenewer.differ(other, set(""))).isTrue();
    }

    @Test
    void amountsAreSpelledAsTheyAreThere() {
        StatefulSet spelled = FixedFields.spelledAs(set("1Gi"), set("1024Mi"));

        assertThat(sizeOf(spelled)).hasToString("1Gi");
    }

    @Test
    void spellingLeavesTheWishAsItIs() {
        StatefulSet wish = set("1024Mi");

        FixedFields.spelledAs(set("1Gi"), wish);

        assertThat(sizeOf(wish)).hasToString("1024Mi");
    }

    private static Quantity sizeOf(StatefulSet set) {
        return set.getSpec()
                .getVolumeClaimTemplates()
                .get(0)
                .getSpec()
                .getResources()
                .getRequests()
                .get("storage");
    }

    private static StatefulSet set(String storage) {
        ServerHerd herd = Herds.herd("h", "A");
        String[] parts = (storage + "//").split("/", -1);
        ServerHerd stored = storage.isEmpty()
                ? herd
                : Herds.with(
                        herd,
                        "storage",
                        new StorageSpec(
                                new Quantity(parts[0]),
                                parts[1].isEmpty() ? null : parts[1],
                                parts[2].isEmpty() ? null : parts[2]));
        return DesiredHerd.of(stored, Herds.SETTINGS).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
