package io.serverherd.bench.attack;

/**
 * What an attack is going to be.
 *
 * @param name    for tables
 * @param goal    how many times longer than without it honest clients' p99 may be
 * @param pace    how many acts a second are tried
 * @param unit    what acts count: "lines"
 * @param counter the node's metric that counts what it does about it
 */
record Plan(String name, double goal, int pace, String unit, String counter) {}
