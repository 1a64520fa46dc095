package io.serverherd.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.ops.EventReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether docs/operator.md names what there is. */
class OperatorPageTest {
    private static final Path PAGE = Path.of("../docs/operator.md");

    @Test
    void everyEventIsListedAndNoOther() throws IOException {
        List<String> listed = rowsAfter("| events |").stream()
                .map(row -> row.split("\\|")[1])
                .flatMap(names ->
                        Pattern.compile("`(\\w+)`").matcher(names).results().map(name -> name.group(1)))
                .toList();

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventReason.values()).map(Enum::name).toList());
    }

    /** Of the table with that head. */
    private static List<String> rowsAfter(String head) throws IOException {
        return Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.startsWith(head))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
