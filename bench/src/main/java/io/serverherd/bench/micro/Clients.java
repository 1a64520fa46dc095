package io.serverherd.bench.micro;

/** Clients by chance, the same in each run: real ones do not report in the order in which memory was laid out either. */
final class Clients {
    private final int count;
    private long state = 88_172_645_463_325_252L;

    Clients(int count) {
        this.count = count;
    }

    /** From 0 to below their number. */
    int next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) ((state >>> 32) * count >>> 32);
    }
}
