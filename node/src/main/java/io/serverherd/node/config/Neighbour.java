package io.serverherd.node.config;

/**
 * A server at the other end of an edge.
 *
 * @param server its name, as in the topology
 * @param host   a DNS name or an IP address (IPv6 without brackets); looked up anew on every dial
 * @param port   its peer port, 1–65535
 * @param tls    whether the edge requires TLS
 */
public record Neighbour(String server, String host, int port, boolean tls) {}
