package io.serverherd.node.places;

import io.serverherd.node.config.PlacesCaps;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Google may be asked once more: no more than so often in any second, and no more than so often in a day of UTC.
 * The event loop's; only what is said to be for any thread is. A turn is told in the log, not each refusal.
 */
public final class RequestBudget {
    /** One who asks too often does so again and again: that is one event. */
    static final Duration TURN = Duration.ofMinutes(1);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Logger log = LoggerFactory.getLogger(RequestBudget.class);
    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    /** When the questions of the last second were asked. */
    private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();

    private volatile Spent spent;
    private long refusedAt;
    private boolean refusedForRate;
    private boolean toldOfDay;

    /** How often was asked on a day. */
    public record Spent(LocalDate day, long requests) {}

    /** @param spent before this process began; what it was on a day that is over does not count */
    public RequestBudget(LongSupplier nanoClock, InstantSource wallClock, Spent spent) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.spent = spent;
    }

    /** With nothing spent yet. */
    public static RequestBudget full(LongSupplier nanoClock, InstantSource wallClock) {
        return new RequestBudget(nanoClock, wallClock, new Spent(LocalDate.EPOCH, 0));
    }

    /** Why Google is not to be asked now; empty: it may be, and who does calls {@link #spend}. */
    Optional<Outcome> refusal(PlacesCaps caps) {
        if (isDaySpent(caps)) {
            tellOfDay(caps);
            return Optional.of(Outcome.OVER_BUDGET);
        }
        if (caps.perSecond() > 0 && askedInTheLastSecond() >= caps.perSecond()) {
            tellOfRate(caps);
            return Optional.of(Outcome.OVER_RATE);
        }
        return Optional.empty();
    }

    void spend(PlacesCaps caps) {
        if (toldOfDay) {
            toldOfDay = false;
            log.atInfo().log("places.budget-renewed");
        }
        Spent now = ofToday();
        spent = new Spent(now.day(), now.requests() + 1);
        if (caps.perSecond() > 0) {
            lastSecond.add(nanoClock.getAsLong());
        }
    }

    /** From any thread. */
    public boolean isDaySpent(PlacesCaps caps) {
        return caps.perDay() > 0 && spentToday() >= caps.perDay();
    }

    /** From any thread. */
    public long spentToday() {
        return ofToday().requests();
    }

    /** For who keeps it over a restart. From any thread. */
    public Spent spent() {
        return spent;
    }

    /**
     * What counts now. That of tomorrow counts already: a clock that is put back over midnight must not renew the budget
     * twice. Not that of a later day, or a clock that was once years ahead would stop the herd for years.
     */
    private Spent ofToday() {
        Spent now = spent;
        LocalDate today = LocalDate.ofInstant(wallClock.instant(), ZoneOffset.UTC);
        boolean counts = now.day().equals(today) || now.day().equals(today.plusDays(1));
        return counts ? now : new Spent(today, 0);
    }

    private int askedInTheLastSecond() {
        long now = nanoClock.getAsLong();
        while (!lastSecond.isEmpty() && now - lastSecond.peek() >= SECOND) {
            lastSecond.remove();
        }
        return lastSecond.size();
    }

    private void tellOfDay(PlacesCaps caps) {
        if (!toldOfDay) {
            toldOfDay = true;
            log.atWarn()
                    .addKeyValue("perDay", caps.perDay())
                    .addKeyValue("until", "00:00 UTC")
                    .log("places.budget-spent");
        }
    }

    private void tellOfRate(PlacesCaps caps) {
        long now = nanoClock.getAsLong();
        if (!refusedForRate || now - refusedAt >= TURN.toNanos()) {
            log.atWarn().addKeyValue("perSecond", caps.perSecond()).log("places.rate-limited");
        }
        refusedForRate = true;
        refusedAt = now;
    }
}
