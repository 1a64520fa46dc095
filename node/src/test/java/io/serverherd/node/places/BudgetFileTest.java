package io.serverherd.node.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.places.RequestBudget.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetFileTest {
    private static final Spent NOTHING = new Spent(LocalDate.EPOCH, 0);
    private static final Spent TWO = new Spent(LocalDate.parse("2026-01-01"), 2);

    @TempDir
    Path temp;

    private RequestBudget budgetOfTwo() {
        RequestBudget budget = RequestBudget.full(() -> 0, () -> Instant.parse("2026-01-01T12:00:00Z"));
        budget.spend(PlacesCaps.NONE);
        budget.spend(PlacesCaps.NONE);
        return budget;
    }

    @Test
    void theNextStartReadsWhatTheLastRunHasWritten() {
        Path folder = temp.resolve("made");
        BudgetFile first = new BudgetFile(folder);
        assertThat(first.read()).isEqualTo(NOTHING);
        first.keep(budgetOfTwo());

        first.close();

        assertThat(new BudgetFile(folder).read()).isEqualTo(TWO);
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".new"));
    }

    @Test
    void itIsWrittenWhileTheProcessRuns() {
        try (BudgetFile file = new BudgetFile(temp)) {
            file.keep(budgetOfTwo());

            await().untilAsserted(
                            () -> assertThat(temp.resolve("places-requests")).hasContent("2026-01-01 2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-01-01", "2026-01-01 x", "today 3", "\0\0\0\0"})
    void aFileThatIsNoneOfOursCountsAsNothing(String text) throws IOException {
        Files.writeString(temp.resolve("places-requests"), text);

        assertThat(new BudgetFile(temp).read()).isEqualTo(NOTHING);
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNobody() throws IOException {
        Path notAFolder = Files.createFile(temp.resolve("file"));
        BudgetFile file = new BudgetFile(notAFolder);
        assertThat(file.read()).isEqualTo(NOTHING);
        file.keep(budgetOfTwo());

        file.close();
    }
}
