package io.serverherd.operator.topology;

/**
 * Two neighbours. An edge has no direction: {@code Edge.of("B", "A")} equals {@code Edge.of("A", "B")}.
 *
 * @param low  the name that sorts first
 * @param high the other one; never the same
 */
public record Edge(String low, String high) implements Comparable<Edge> {

    public Edge {
        if (low.compareTo(high) >= 0) {
            throw new IllegalArgumentException(
                    "an edge joins two different servers in rising order: " + low + "-" + high);
        }
    }

    public static Edge of(String a, String b) {
        return a.compareTo(b) < 0 ? new Edge(a, b) : new Edge(b, a);
    }

    @Override
    public int compareTo(Edge other) {
        int byLow = low.compareTo(other.low);
        return byLow != 0 ? byLow : high.compareTo(other.high);
    }

    @Override
    public String toString() {
        return low + "-" + high;
    }
}
