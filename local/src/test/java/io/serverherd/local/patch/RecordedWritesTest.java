package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.serverherd.local.schema.CustomResourceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes, merges, owns and refuses as a real API server: each write of the recordings was sent to one. */
class RecordedWritesTest {

    private static final CustomResourceSchema WIDGET = widget();

    static Stream<RecordedWrite> ofCustomResources() {
        return Stream.concat(RecordedWrite.in("widget-writes.json"), RecordedWrite.in("widget-updates.json"));
    }

    static Stream<RecordedWrite> ofBuiltIns() {
        return RecordedWrite.in("built-in-writes.json");
    }

    static Stream<RecordedWrite> refused() {
        return Stream.concat(ofCustomResources(), ofBuiltIns()).filter(write -> !write.succeeded());
    }

    @ParameterizedTest
    @MethodSource("ofCustomResources")
    void aCustomResourceBecomesWhatItBecomesOnTheRealServer(RecordedWrite write) {
        assumeTrue(write.succeeded());

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
        assumeTrue(write.succeeded());
        MergeType type = MergeType.builtIn(
                write.result().get("apiVersion").asText(),
                write.result().get("kind").asText());
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
    @MethodSource("refused")
    void whatTheRealServerRefusesIsRefusedInItsWords(RecordedWrite write) {
        ObjectNode object = write.live();
        MergeType type = object.get("kind").asText().equals("Widget")
                ? MergeType.of(WIDGET.structure())
                : MergeType.builtIn(
                        object.get("apiVersion").asText(), object.get("kind").asText());
        if (write.answer().at("/error/message").asText().contains("is invalid: ")) {
            ObjectNode applied = write(write, type);
            assertThat(WIDGET.validate(applied, write.live())).isNotEmpty();
            return;
        }

        Throwable refusal = catchThrowable(() -> write(write, type));

        assertThat(write.answer().at("/error/code").asInt()).isEqualTo(codeOf(refusal));
        if (write.verb().equals("apply")) {
            assertThat(refusal).hasMessage(write.errorMessage());
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

    private static int codeOf(Throwable refusal) {
        return refusal instanceof PatchException patch ? patch.reason().code() : 409;
    }

    private static ObjectNode write(RecordedWrite write, MergeType type) {
        if (write.verb().equals("apply")) {
            ObjectNode applied = ServerSideApply.apply(
                    type, write.live(), (ObjectNode) write.body(), write.writer(), write.forces());
            return normalised(write.stored(applied));
        }
        ObjectNode stored = normalised(write.stored(patched(write, type)));
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

    private static ObjectNode normalised(ObjectNode object) {
        if (object.get("kind").asText().equals("Widget")) {
            WIDGET.normalise(object);
        }
        return object;
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
