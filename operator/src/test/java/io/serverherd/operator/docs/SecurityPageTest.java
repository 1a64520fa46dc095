package io.serverherd.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether docs/security.md promises only what is tested. */
class SecurityPageTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    private static String page;
    /** By the class's name; several modules may have one. */
    private static Map<String, List<Path>> sources;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(PROJECT.resolve("docs/security.md"));
        try (Stream<Path> files = Stream.of("node", "local", "operator", "bench")
                .map(module -> PROJECT.resolve(module).resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(SecurityPageTest::walk)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        }
    }

    @Test
    void everyDefenceNamesWhatHoldsIt() {
        assertThat(threats()).hasSizeGreaterThan(20).allSatisfy(row -> assertThat(row)
                .containsPattern("\\| [^|]*(`\\w+(Test|IT)(\\.\\w+)?`|`images/check`)[^|]* \\|$"));
    }

    @Test
    void everyTestThatIsNamedExists() {
        List<MatchResult> named = NAMED.matcher(page).results().toList();

        assertThat(named).hasSizeGreaterThan(40).allSatisfy(test -> assertThat(
                        sources.getOrDefault(test.group(1), List.of()))
                .as(test.group())
                .anyMatch(source -> has(source, test.group(2))));
    }

    @Test
    void everyPageThatIsLinkedExists() {
        List<String> linked = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(linked).isNotEmpty().allSatisfy(link -> assertThat(
                        PROJECT.resolve("docs").resolve(link))
                .exists());
    }

    /** The rows of the first table, without its head. */
    private static List<String> threats() {
        return page.lines()
                .dropWhile(line -> !line.startsWith("| who | could |"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static boolean has(Path source, String method) {
        try {
            return method == null || Files.readString(source).contains(" void " + method + "(");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
