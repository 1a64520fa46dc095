package io.serverherd.bench.load;

/**
 * What one stretch of load gave.
 *
 * @param messages  a second
 * @param p50       of the replies' latencies, in microseconds; as {@code p99}
 * @param cpu       of the server, in microseconds a message
 * @param others    what neither servers nor generator took, as a share of one processor
 */
public record Window(double messages, double p50, double p99, double cpu, double others) {}
