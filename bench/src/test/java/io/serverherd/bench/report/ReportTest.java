package io.serverherd.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    @Test
    void tablesAreReadableAsTheyAre() {
        Report report = new Report("Here.");

        report.table(List.of("shape", "ns"), List.of(Report.row("50 × 16", 1), Report.row("1", "0.25")));
        report.table(List.of("nothing"), List.of());
        report.note("SKIPPED: the rest");

        assertThat(report.text()).isEqualTo("""
                Here.

                | shape   | ns   |
                |---------|------|
                | 50 × 16 | 1    |
                | 1       | 0.25 |

                SKIPPED: the rest
                """);
    }

    @ParameterizedTest
    @CsvSource({"0.5312,0.53", "3.456,3.46", "45.67,45.7", "1234567.8,'1,234,568'"})
    void numbersHaveTheDigitsThatMeanSomething(double number, String text) {
        assertThat(Report.number(number)).isEqualTo(text);
    }
}
