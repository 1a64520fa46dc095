package io.serverherd.bench.load;

/**
 * How the load comes.
 *
 * @param depth requests that a connection has under way
 */
public record Shape(int connections, int depth) {
    @Override
    public String toString() {
        return connections + " × " + depth;
    }
}
