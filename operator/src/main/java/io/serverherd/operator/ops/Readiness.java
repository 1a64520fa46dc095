package io.serverherd.operator.ops;

/**
 * What {@code /readyz} says.
 *
 * @param text why not, or in which way
 */
public record Readiness(boolean ready, String text) {}
