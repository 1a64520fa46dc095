package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.serverherd.local.api.kind.ModelSchema;
import io.serverherd.local.schema.CustomResourceSchema;
import io.serverherd.local.schema.StructuralSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes, merges, owns and refuses as a real API server: each write of the recordings was sent to one. */
class RecordedWritesTest {

    private static final CustomResourceSchema WIDGET = widget();

    private static final Map<String, Class<?>> MODELS = Map.of(
            "ConfigMap", ConfigMap.class,
            "Event", Event.class,
            "Pod", Pod.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Secret", Secret.class,
            "Service", Service.class,
            "StatefulSet", StatefulSet.class);

    private static Stream<RecordedWrite> widgets() {
        return Stream.of("widget-writes.json", "widget-updates.json", "random-writes.json")
                .flatMap(RecordedWrite::in);
    }

    private static Stream<RecordedWrite> builtIns() {
        return RecordedWrite.in("built-in-writes.json");
    }

    static Stream<RecordedWrite> ofCustomResources() {
        return widgets().filter(RecordedWrite::succeeded);
    }

    static Stream<RecordedWrite> ofBuiltIns() {
        return builtIns().filter(RecordedWrite::succeeded);
    }

    static Stream<RecordedWrite> succeeded() {
        return Stream.concat(ofCustomResources(), ofBuiltIns());
    }

    static Stream<RecordedWrite> refused() {
        return Stream.concat(widgets(), builtIns()).filter(write -> !write.succeeded());
    }

    @ParameterizedTest
    @MethodSource("ofCustomResources")
    void aCustomResourceBecomesWhatItBecomesOnTheRealServer(RecordedWrite write) {
        ObjectNode stored = write(write, MergeType.of(WIDGET.structure()));

        assertThat((Object) RecordedWrite.withoutOwnership(stored))
                .isEqualTo(RecordedWrite.withoutOwnership(write.result()));
        assertThat((Object) RecordedWrite.ownership(stored)).isEqualTo(RecordedWrite.ownership(write.result()));
        if (write.answer().get("unchanged").asBoolean()) {
            assertThat((Object) stored).isEqualTo(write.live());
        }
    }

    /** A built-in kind's defaults are not ours to fill in here: an update is compared on the object the server made. */
    @ParameterizedTest
    @MethodSource("ofBuiltIns")
    void aBuiltInKindIsMergedAndOwnedAsOnTheRealServer(RecordedWrite write) {
        MergeType type = typeOf(write.result());
        ObjectNode result = write.result();

        if (write.verb().equals("apply")) {
            ObjectNode stored = write(write, type);
            assertThat(RecordedWrite.isPartOf(RecordedWrite.withoutOwnership(stored), result))
                    .as("%s in %s", stored, result)
                    .isTrue();
            assertThat((Object) RecordedWrite.ownership(stored)).isEqualTo(RecordedWrite.ownership(result));
            return;
        }
        ObjectNode patched = RecordedWrite.withoutOwnership(write.stored(patched(write, type)));
        assertThat(RecordedWrite.isPartOf(patched, result))
                .as("%s in %s", patched, result)
                .isTrue();
        ObjectNode stored = RecordedWrite.withoutOwnership(result);
        ManagedFields.recordUpdate(type, write.live(), stored, write.writer());
        assertThat((Object) RecordedWrite.ownership(stored)).isEqualTo(RecordedWrite.ownership(result));
    }

    @ParameterizedTest
    @MethodSource("succeeded")
    void theSameWriteAgainChangesNothingNotEvenATime(RecordedWrite write) {
        MergeType type = typeOf(write.result());
        ObjectNode live = write.result();

        ObjectNode stored = live.deepCopy();
        ManagedFields.recordUpdate(type, live, stored, write.writer());
        assertThat((Object) stored).isEqualTo(live);

        if (write.verb().equals("apply") && !live.has("status")) {
            ObjectNode applied =
                    ServerSideApply.apply(type, live, (ObjectNode) write.body(), write.writer(), write.forces());
            assertThat((Object) applied).isEqualTo(live);
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheRealServerRefusesIsRefusedInItsWords(RecordedWrite write) {
        MergeType type = typeOf(write.live());
        if (write.answer().at("/error/message").asText().contains("is invalid: ")) {
            ObjectNode applied = write(write, type);
            assertThat(WIDGET.validate(applied, write.live())).isNotEmpty();
            return;
        }

        Throwable refusal = catchThrowable(() -> write(write, type));

        assertThat(write.answer().at("/error/code").asInt()).isEqualTo(codeOf(refusal));
        if (write.verb().equals("apply")) {
            assertThat(inLines(refusal.getMessage())).isEqualTo(inLines(write.errorMessage()));
        }
        if (refusal instanceof ApplyConflictException conflict) {
            List<List<String>> causes = new ArrayList<>();
            write.answer()
                    .at("/error/causes")
                    .forEach(cause -> causes.add(
                            List.of(cause.get(1).asText(), cause.get(2).asText())));
            assertThat(conflict.causes().stream()
                            .map(cause -> List.of(cause.field(), cause.message()))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(causes);
        }
    }

    /** The lines of a message in any order, without Go's notation of values. */
    private static List<String> inLines(String message) {
        return message.lines()
                .map(line -> line.replaceFirst(", got .*", ", got …"))
                .sorted()
                .toList();
    }

    private static int codeOf(Throwable refusal) {
        return refusal instanceof PatchException patch ? patch.reason().code() : 409;
    }

    private static ObjectNode write(RecordedWrite write, MergeType type) {
        if (write.verb().equals("apply")) {
            ObjectNode applied = ServerSideApply.apply(
                    type, write.live(), (ObjectNode) write.body(), write.writer(), write.forces());
            ObjectNode stored = write.stored(applied);
            if (isWidget(stored)) {
                WIDGET.normaliseApplied(stored);
            }
            return stored;
        }
        ObjectNode stored = write.stored(patched(write, type));
        if (isWidget(stored)) {
            WIDGET.normalise(stored);
        }
        ManagedFields.recordUpdate(type, write.live(), stored, write.writer());
        return stored;
    }

    private static ObjectNode patched(RecordedWrite write, MergeType type) {
        return switch (write.verb()) {
            case "merge" -> (ObjectNode) MergePatch.apply(write.live(), write.body());
            case "json" -> (ObjectNode) JsonPatchDocument.apply(write.live(), write.body());
            case "strategic" -> StrategicMergePatch.apply(type, write.live(), (ObjectNode) write.body());
            default -> (ObjectNode) write.body();
        };
    }

    private static MergeType typeOf(ObjectNode object) {
        if (isWidget(object)) {
            return MergeType.of(WIDGET.structure());
        }
        String kind = object.get("kind").asText();
        return MergeType.builtIn(
                object.get("apiVersion").asText(), kind, StructuralSchema.parse(ModelSchema.of(MODELS.get(kind))));
    }

    private static boolean isWidget(ObjectNode object) {
        return object.get("kind").asText().equals("Widget");
    }

    private static CustomResourceSchema widget() {
        try (InputStream in = RecordedWritesTest.class.getResourceAsStream("/schema/widget-crd.yaml")) {
            JsonNode definition = new YAMLMapper().readTree(in);
            return CustomResourceSchema.compile(definition.at("/spec/versions/0/schema/openAPIV3Schema"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
