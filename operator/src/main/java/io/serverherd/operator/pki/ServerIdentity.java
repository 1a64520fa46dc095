package io.serverherd.operator.pki;

/**
 * Who a server is, to its neighbours.
 *
 * @param trustDomain such as {@code cluster.local}
 * @param server      as in the spec
 * @param host        where its neighbours find it
 */
public record ServerIdentity(String trustDomain, String namespace, String herd, String server, String host) {
    /** As SPIFFE spells it; see docs/peer-tls.md. */
    public String uri() {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/herd/" + herd + "/server/" + server;
    }
}
