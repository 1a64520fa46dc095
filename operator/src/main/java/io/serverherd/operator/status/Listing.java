package io.serverherd.operator.status;

import java.util.Collection;

/** Puts names into a sentence: the first five, and how many more. */
final class Listing {
    private static final int SHOWN = 5;

    private Listing() {}

    static String of(Collection<?> items) {
        String shown = String.join(
                ", ", items.stream().limit(SHOWN).map(Object::toString).toList());
        return items.size() <= SHOWN ? shown : shown + " and " + (items.size() - SHOWN) + " more";
    }

    /** {@code count(1, "edge")} is "1 edge", {@code count(2, "edge")} "2 edges". */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
