package io.serverherd.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures candidates by turns, in an order by chance, so that whatever the machine does meanwhile hits all of them.
 *
 * @param rounds wanted; as many more are tried where others disturb
 * @param window how long each is measured
 * @param warmUp how long each is loaded before the first round: virtual machines learn
 */
public record Comparison(int rounds, Duration window, Duration warmUp) {
    /** Measures one of those that are compared. */
    @FunctionalInterface
    public interface Turn {
        Window take() throws IOException;
    }

    public Rounds measure(List<? extends Candidate> candidates, Shape shape) throws IOException {
        List<Load> loads = new ArrayList<>();
        try {
            for (Candidate candidate : candidates) {
                loads.add(new Load(candidate, candidate.dialogue(), shape));
            }
            for (Load load : loads) {
                load.run(Duration.ZERO, warmUp);
            }
            return byTurns(loads.stream()
                    .<Turn>map(load -> () -> load.run(window.dividedBy(10), window))
                    .toList());
        } finally {
            for (Load load : loads) {
                load.close();
            }
        }
    }

    /** All turns once a round. */
    public Rounds byTurns(List<Turn> turns) throws IOException {
        Random random = new Random();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, turns.size()).boxed().toList());
        List<List<Window>> all = new ArrayList<>();
        for (int quiet = 0; quiet < rounds && all.size() < 2 * rounds; ) {
            Collections.shuffle(order, random);
            Window[] round = new Window[turns.size()];
            for (int candidate : order) {
                round[candidate] = turns.get(candidate).take();
            }
            all.add(Arrays.asList(round));
            quiet += Rounds.isQuiet(Arrays.asList(round)) ? 1 : 0;
        }
        return Rounds.of(all, rounds);
    }
}
