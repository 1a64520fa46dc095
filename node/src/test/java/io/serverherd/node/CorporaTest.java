package io.serverherd.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every input kept for the fuzzer is tried again: src/test/resources/fuzz has a folder for each {@code *Fuzz} class, with
 * a file for each input. {@code make fuzz} looks for new ones.
 */
class CorporaTest {
    private static final Path CORPORA = Path.of("src/test/resources/fuzz");
    private static final Path SOURCES = Path.of("src/test/java");

    @TestFactory
    Stream<DynamicTest> whatOnceWentWrongOrNearlySoGoesRight() throws IOException {
        return files(CORPORA).stream().map(file -> {
            String target = file.getParent().getFileName().toString();
            return DynamicTest.dynamicTest(target + " " + file.getFileName(), () -> {
                target(target).invokeExact(Files.readAllBytes(file));
            });
        });
    }

    @Test
    void everyTargetHasACorpus() throws IOException {
        Stream<String> targets = files(SOURCES).stream()
                .map(file -> SOURCES.relativize(file).toString())
                .filter(file -> file.endsWith("Fuzz.java"))
                .map(file -> file.replace(".java", "").replace('/', '.'));
        Stream<String> corpora = files(CORPORA).stream()
                .map(file -> file.getParent().getFileName().toString())
                .distinct();

        assertThat(corpora).containsExactlyInAnyOrderElementsOf(targets.toList());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static MethodHandle target(String name) throws ReflectiveOperationException {
        return MethodHandles.publicLookup()
                .findStatic(Class.forName(name), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
    }
}
