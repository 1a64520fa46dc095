package io.serverherd.node.places;

import io.serverherd.node.config.PlacesCaps;
import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesTrust;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.node.places.Outcome.CircuitOpenException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Google. All state is the event loop's; only the {@link Exchanges} run on threads of their own.
 *
 * <p>Those who ask the same while a question is under way share its answer, each cut to its own bound; nothing is kept
 * beyond that (Google's terms). At most {@link #MAX_UNDER_WAY} exchanges run at a time, at most {@link #MAX_WAITING}
 * wait, and one that waits spends its own time-out: a Google that hangs costs nobody more than that. When it goes on
 * failing, the {@link Circuit} opens, and those who ask or wait are answered at once.
 */
public final class PlacesClient implements Places, AutoCloseable {
    static final int MAX_UNDER_WAY = 64;
    static final int MAX_WAITING = 1024;

    private final Logger log = LoggerFactory.getLogger(PlacesClient.class);
    private final Executor loop;
    private final Supplier<PlacesConfig> config;
    private final Supplier<PlacesKey> key;
    private final Supplier<PlacesTrust> trust;
    private final Exchanges exchanges;
    private final RequestBudget budget;
    private final LongSupplier nanoClock;
    private final Map<Question, Flight> flights = new HashMap<>();
    private final ArrayDeque<Flight> waiting = new ArrayDeque<>();
    private final long[] outcomes = new long[Outcome.values().length];
    private Service service;
    private int underWay;
    private long shared;
    private boolean failing;
    private boolean closed;

    /** What is asked, as whom. What has failed says nothing of another one. */
    private record Service(PlacesConfig config, PlacesKey key, PlacesTrust trust, Circuit circuit) {
        boolean isOf(Question question) {
            return config.equals(question.config()) && key.equals(question.key()) && trust == question.trust();
        }
    }

    private record Waiter(int bound, Consumer<byte[]> reply) {}

    private static final class Flight {
        final Question question;
        final Circuit circuit;
        /** Asked while the circuit was open, to see whether Google is back. */
        final boolean trial;

        final List<Waiter> waiters = new ArrayList<>();
        final CompletableFuture<PlacesAnswer> answer = new CompletableFuture<>();
        boolean started;

        Flight(Question question, Circuit circuit) {
            this.question = question;
            this.circuit = circuit;
            this.trial = circuit.isOpen();
        }
    }

    /**
     * @param loop   runs what it is given on the event loop, later, in order
     * @param config in force now; asked on each question
     * @param key    in force now; asked on each question
     * @param trust  in force now; asked on each question
     * @param budget how often Google may be asked; each question that is put to it counts, also one that fails
     */
    public PlacesClient(
            Executor loop,
            Supplier<PlacesConfig> config,
            Supplier<PlacesKey> key,
            Supplier<PlacesTrust> trust,
            ProxyRules proxies,
            RequestBudget budget) {
        this(loop, config, key, trust, new Exchanges(proxies), budget, System::nanoTime);
    }

    /** @param nanoClock by which the circuit opens and closes */
    PlacesClient(
            Executor loop,
            Supplier<PlacesConfig> config,
            Supplier<PlacesKey> key,
            Supplier<PlacesTrust> trust,
            Exchanges exchanges,
            RequestBudget budget,
            LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.service =
                new Service(PlacesConfig.DEFAULT, PlacesKey.MISSING, PlacesTrust.DEFAULT, new Circuit(nanoClock));
        this.config = config;
        this.key = key;
        this.trust = trust;
        this.exchanges = exchanges;
        this.budget = budget;
    }

    /** Takes the time that the first question would take longer than others. Nothing where there is no key to ask with. */
    public void prepare() {
        if (key.get().loaded()) {
            exchanges.prepare(trust.get());
        }
    }

    @Override
    public void nearby(PlacesQuery query, Consumer<byte[]> reply) {
        Waiter waiter = new Waiter(query.bound(), reply);
        PlacesKey keyNow = key.get();
        if (!keyNow.loaded()) {
            fail(waiter, Outcome.NO_KEY);
            return;
        }
        PlacesConfig configNow = config.get();
        if (!PlacesApi.of(configNow.api()).canAsk(query)) {
            fail(waiter, Outcome.NOT_ASKED);
            return;
        }
        Question question = new Question(query.location(), query.radiusKm(), configNow, keyNow, trust.get());
        Flight flight = flights.get(question);
        if (flight != null) {
            shared++;
            flight.waiters.add(waiter);
        } else if (closed || (underWay == MAX_UNDER_WAY && waiting.size() == MAX_WAITING)) {
            fail(waiter, Outcome.BUSY);
        } else {
            Circuit circuit = circuit(question);
            Optional<Outcome> refusal = budget.refusal(configNow.caps());
            if (refusal.isPresent()) {
                fail(waiter, refusal.get());
            } else if (circuit.mayAsk()) {
                flights.put(question, take(question, circuit, waiter));
            } else {
                fail(waiter, Outcome.CIRCUIT_OPEN);
            }
        }
    }

    private Circuit circuit(Question question) {
        if (!service.isOf(question)) {
            service = new Service(question.config(), question.key(), question.trust(), new Circuit(nanoClock));
        }
        return service.circuit;
    }

    private Flight take(Question question, Circuit circuit, Waiter waiter) {
        Flight flight = new Flight(question, circuit);
        flight.waiters.add(waiter);
        flight.answer
                .orTimeout(question.config().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> answer != null ? answer : PlacesAnswer.failed(Outcome.ofFailure(failure)))
                .thenAccept(answer -> loop.execute(() -> land(flight, answer)));
        if (underWay < MAX_UNDER_WAY) {
            start(flight);
        } else {
            waiting.add(flight);
        }
        return flight;
    }

    /** Puts it to Google, unless it was answered while it waited, or others have used up the budget meanwhile. */
    private void start(Flight flight) {
        if (flight.answer.isDone()) {
            return;
        }
        PlacesCaps caps = config.get().caps();
        Optional<Outcome> refusal = budget.refusal(caps);
        if (refusal.isPresent()) {
            flight.answer.complete(PlacesAnswer.failed(refusal.get()));
            return;
        }
        budget.spend(caps);
        flight.started = true;
        underWay++;
        exchanges.begin(flight.question, flight.answer);
    }

    /** On the event loop, once per flight. */
    private void land(Flight flight, PlacesAnswer answer) {
        flights.remove(flight.question);
        if (flight.started) {
            underWay--;
        } else {
            waiting.remove(flight);
        }
        note(answer.outcome(), flight.question.config());
        tell(flight, answer);
        while (!closed && underWay < MAX_UNDER_WAY && !waiting.isEmpty()) {
            start(waiting.remove());
        }
        Map<Integer, byte[]> cuts = new HashMap<>();
        for (Waiter waiter : flight.waiters) {
            deliver(waiter, cuts.computeIfAbsent(waiter.bound, answer::cut));
        }
    }

    /** Tells the circuit how it ended; not where Google was not asked, or before the circuit opened. */
    private void tell(Flight flight, PlacesAnswer answer) {
        Circuit circuit = flight.circuit;
        boolean wasOpen = circuit.isOpen();
        boolean saysHowGoogleIs = flight.trial || flight.started && !wasOpen;
        if (closed || answer.outcome() == Outcome.CIRCUIT_OPEN) {
            return;
        } else if (answer.outcome().overCap()) {
            giveTurnBack(flight);
        } else if (saysHowGoogleIs && (answer.outcome().outage() || answer.toldToWait())) {
            circuit.failed(answer.wish());
        } else if (saysHowGoogleIs) {
            circuit.answered();
        }
        if (circuit.isOpen() && !wasOpen) {
            log.atWarn()
                    .addKeyValue("outcome", answer.outcome().label())
                    .addKeyValue("endpoint", flight.question.config().endpoint())
                    .addKeyValue("seconds", circuit.openFor().toSeconds())
                    .log("places.circuit-opened");
            waiting.removeIf(other ->
                    other.circuit == circuit && other.answer.completeExceptionally(new CircuitOpenException()));
        } else if (wasOpen && !circuit.isOpen()) {
            log.atInfo()
                    .addKeyValue("endpoint", flight.question.config().endpoint())
                    .log("places.circuit-closed");
        }
    }

    /** Of one that was to try and was not let: the next one may. */
    private static void giveTurnBack(Flight flight) {
        if (flight.trial) {
            flight.circuit.notTried();
        }
    }

    /** One waiter's failure is not the others'. */
    private void deliver(Waiter waiter, byte[] answer) {
        try {
            waiter.reply.accept(answer);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("places.reply-failed");
        }
    }

    private void fail(Waiter waiter, Outcome outcome) {
        outcomes[outcome.ordinal()]++;
        loop.execute(() -> deliver(waiter, PlacesAnswer.failed(outcome).cut(waiter.bound)));
    }

    /** Counts, and logs the first failure after a success and the first success after a failure, not each. */
    private void note(Outcome outcome, PlacesConfig asked) {
        outcomes[outcome.ordinal()]++;
        // INVALID_REQUEST says something of the question, and a cap of the herd's owner: not of Google.
        if (outcome != Outcome.INVALID_REQUEST && !outcome.overCap() && failing == outcome.good()) {
            failing = !outcome.good();
            (failing ? log.atWarn() : log.atInfo())
                    .addKeyValue("outcome", outcome.label())
                    .addKeyValue("endpoint", asked.endpoint())
                    .log(failing ? "places.failing" : "places.answering");
        }
    }

    /** How many questions ended so. Any thread; may be a moment behind. */
    public long count(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    /** How many were answered by a question that was under way already. Any thread; may be a moment behind. */
    public long shared() {
        return shared;
    }

    /** Exchanges under way. Any thread; may be a moment behind. */
    public int underWay() {
        return underWay;
    }

    /** Questions that count for today's budget. Any thread. */
    public long requestsToday() {
        return budget.spentToday();
    }

    /** Whether today's budget is used up. Any thread. */
    public boolean budgetSpent() {
        return budget.isDaySpent(config.get().caps());
    }

    /** Whether it has failed so often that it is not asked. Any thread; may be a moment behind. */
    public boolean circuitOpen() {
        return service.circuit.isOpen();
    }

    /** On the event loop: answers all that is owed with {@code UNKNOWN_ERROR} and asks no more. */
    @Override
    public void close() {
        closed = true;
        for (Flight flight : List.copyOf(flights.values())) {
            flight.answer.completeExceptionally(new IOException("the server stops"));
        }
    }
}
