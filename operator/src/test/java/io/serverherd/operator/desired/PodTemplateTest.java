package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.GeneratedFile;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.validation.SpecValidator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An operator that is upgraded must touch no pod, so what becomes of a spec may not change. {@code make generate} leaves these
 * files alone, for such a change should be wanted by more than a rebuild.
 */
class PodTemplateTest {
    private static final Path FOLDER = Path.of("src/test/resources/pod-template");
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @ParameterizedTest
    @ValueSource(strings = {"nothing-said", "everything-said"})
    void anUpgradedOperatorTouchesNoPod(String name) throws IOException {
        ServerHerd herd = herd(name);
        assertThat(new SpecValidator().validate(herd).problems()).isEmpty();

        String templates = DesiredHerd.of(herd, Herds.SETTINGS).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(set -> serialization.asYaml(((StatefulSet) set).getSpec().getTemplate()))
                .reduce("", String::concat);

        new GeneratedFile(FOLDER.resolve(name + ".template.yaml"))
                .mustStay(
                        templates,
                        "The pod template has changed for a spec that has not: the first start of this operator would"
                                + " replace every pod of every herd. If that is what you want, say so in the release"
                                + " notes and record it: ./mvnw test -pl operator -am -Dtest=PodTemplateTest -Dgenerate"
                                + " -Dsurefire.failIfNoSpecifiedTests=false");
    }

    @Test
    void everythingThatCanBeSaidIs() throws IOException {
        ServerHerd herd = herd("everything-said");

        assertThat(notSaid(herd.getSpec()))
                .as("add the new field to everything-said.yaml")
                .containsExactlyInAnyOrder("edges");
        assertThat(notSaid(herd.getSpec().pod())).isEmpty();
    }

    private static Stream<String> notSaid(Record spec) {
        return Arrays.stream(spec.getClass().getRecordComponents())
                .filter(component -> isUnsaid(component, spec))
                .map(RecordComponent::getName);
    }

    private static boolean isUnsaid(RecordComponent component, Record spec) {
        try {
            Object value = component.getAccessor().invoke(spec);
            return value == null || value.equals(List.of());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerHerd herd(String name) throws IOException {
        return serialization.unmarshal(Files.readString(FOLDER.resolve(name + ".yaml")), ServerHerd.class);
    }
}
