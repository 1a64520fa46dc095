package io.serverherd.node.places;

import static io.serverherd.node.places.AskedGoogle.listenTo;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.places.RequestBudget.Spent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBudgetTest {
    private static final PlacesCaps THREE_A_SECOND = new PlacesCaps(3, 0);
    private static final PlacesCaps FIVE_A_DAY = new PlacesCaps(0, 5);

    private long nanos = Long.MAX_VALUE - 1_000;
    private Instant now = Instant.parse("2026-01-01T23:59:58Z");
    private RequestBudget budget = RequestBudget.full(() -> nanos, () -> now);

    private void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    /** Asks so many times, and says how many of them were allowed. */
    private int ask(int times, PlacesCaps caps) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            if (budget.refusal(caps).isEmpty()) {
                budget.spend(caps);
                allowed++;
            }
        }
        return allowed;
    }

    private static List<String> messages(ListAppender<ILoggingEvent> logged) {
        return logged.list.stream().map(ILoggingEvent::getMessage).toList();
    }

    @Test
    void withoutCapsNothingIsRefused() {
        assertThat(ask(100_000, PlacesCaps.NONE)).isEqualTo(100_000);
        assertThat(budget.isDaySpent(PlacesCaps.NONE)).isFalse();
    }

    @Test
    void inNoSecondAreThereMoreThanTheCap() {
        int allowed = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            allowed += ask(2, THREE_A_SECOND);
            pass(Duration.ofMillis(100));
        }

        assertThat(allowed).isEqualTo(30);
    }

    @Test
    void aSecondIsAnySecondAndNotTheClocks() {
        pass(Duration.ofMillis(900));
        assertThat(ask(5, THREE_A_SECOND)).isEqualTo(3);
        pass(Duration.ofMillis(999));
        assertThat(ask(5, THREE_A_SECOND)).isZero();
        assertThat(budget.refusal(THREE_A_SECOND)).contains(Outcome.OVER_RATE);

        pass(Duration.ofMillis(1));

        assertThat(ask(5, THREE_A_SECOND)).isEqualTo(3);
    }

    @Test
    void aDaysBudgetEndsAtMidnightUtc() {
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);
        assertThat(budget.refusal(FIVE_A_DAY)).contains(Outcome.OVER_BUDGET);
        assertThat(budget.isDaySpent(FIVE_A_DAY)).isTrue();
        pass(Duration.ofMillis(1_999));
        assertThat(ask(9, FIVE_A_DAY)).isZero();

        pass(Duration.ofMillis(1));

        assertThat(budget.isDaySpent(FIVE_A_DAY)).isFalse();
        assertThat(budget.spentToday()).isZero();
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);
    }

    @Test
    void aHigherCapGivesTheDifferenceAndALowerOneTakesIt() {
        ask(5, FIVE_A_DAY);

        assertThat(ask(9, new PlacesCaps(0, 7))).isEqualTo(2);
        assertThat(budget.isDaySpent(new PlacesCaps(0, 3))).isTrue();
    }

    @Test
    void whatWasSpentBeforeTheStartCountsOnItsDayAlone() {
        budget = new RequestBudget(() -> nanos, () -> now, new Spent(LocalDate.parse("2026-01-01"), 4));
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(1);
        assertThat(budget.spent()).isEqualTo(new Spent(LocalDate.parse("2026-01-01"), 5));

        budget = new RequestBudget(() -> nanos, () -> now, new Spent(LocalDate.parse("2025-12-31"), 4));
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);
    }

    @Test
    void aClockThatIsPutBackOverMidnightRenewsNothing() {
        pass(Duration.ofSeconds(2));
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);

        pass(Duration.ofSeconds(-2));
        assertThat(budget.isDaySpent(FIVE_A_DAY)).isTrue();
        assertThat(ask(9, FIVE_A_DAY)).isZero();
        pass(Duration.ofSeconds(2));
        assertThat(ask(9, FIVE_A_DAY)).isZero();

        pass(Duration.ofDays(1));
        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);
    }

    @Test
    void whatIsAskedAfterTheClockWasPutBackCountsForTheDayItWasPutBackFrom() {
        pass(Duration.ofSeconds(2));
        ask(2, FIVE_A_DAY);
        pass(Duration.ofSeconds(-2));
        ask(1, FIVE_A_DAY);

        assertThat(budget.spent()).isEqualTo(new Spent(LocalDate.parse("2026-01-02"), 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-03", "2036-01-01"})
    void aClockThatWasFarAheadStopsNobody(String recorded) {
        budget = new RequestBudget(() -> nanos, () -> now, new Spent(LocalDate.parse(recorded), 5));

        assertThat(ask(9, FIVE_A_DAY)).isEqualTo(5);
        assertThat(budget.spent()).isEqualTo(new Spent(LocalDate.parse("2026-01-01"), 5));
    }

    @Test
    void midnightWhileAQuestionIsCountedForgetsNothing() {
        Instant midnight = Instant.parse("2026-01-02T00:00:00Z");
        Iterator<Instant> readings = List.of(midnight.minusNanos(1), midnight).iterator();
        budget = new RequestBudget(() -> nanos, readings::next, new Spent(LocalDate.parse("2026-01-01"), 4));

        budget.spend(FIVE_A_DAY);

        assertThat(budget.spent()).isEqualTo(new Spent(LocalDate.parse("2026-01-01"), 5));
    }

    @Test
    void aSpentDayAndItsEndAreToldOnceEach() {
        ListAppender<ILoggingEvent> logged = listenTo(RequestBudget.class.getName());
        ask(100, FIVE_A_DAY);
        pass(Duration.ofSeconds(2));
        ask(1, FIVE_A_DAY);

        assertThat(messages(logged)).containsExactly("places.budget-spent", "places.budget-renewed");
    }

    @Test
    void oneWhoAsksTooOftenAgainAndAgainIsOneEvent() {
        ListAppender<ILoggingEvent> logged = listenTo(RequestBudget.class.getName());
        for (int second = 0; second < 300; second++) {
            ask(10, THREE_A_SECOND);
            pass(Duration.ofSeconds(1));
        }
        assertThat(messages(logged)).containsExactly("places.rate-limited");

        pass(RequestBudget.TURN);
        ask(10, THREE_A_SECOND);

        assertThat(messages(logged)).containsExactly("places.rate-limited", "places.rate-limited");
    }
}
