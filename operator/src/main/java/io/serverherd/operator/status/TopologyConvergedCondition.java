package io.serverherd.operator.status;

import java.util.ArrayList;
import java.util.List;

/** Whether both ends of every edge say connected, as it is to be, and every server runs its newest configuration. */
final class TopologyConvergedCondition {
    static final String TYPE = "TopologyConverged";

    private TopologyConvergedCondition() {}

    static Fact of(Assessment herd) {
        return Fact.of(TYPE, herd.converged(), reason(herd), message(herd));
    }

    private static String reason(Assessment herd) {
        if (herd.converged()) {
            return "EveryEdgeConnected";
        }
        if (!herd.notReady().isEmpty()) {
            return "ServersNotReady";
        }
        if (!herd.silent().isEmpty()) {
            return "ServersSilent";
        }
        if (!herd.unrewired().isEmpty()) {
            return "Rewiring";
        }
        return herd.down().isEmpty() ? "SwitchingLinks" : "EdgesDown";
    }

    private static String message(Assessment herd) {
        List<String> parts = new ArrayList<>();
        parts.add(herd.connectedEdges() + " of " + Listing.count(herd.edges(), "edge") + " connected");
        if (!herd.silent().isEmpty()) {
            parts.add("no answer on the admin port from " + Listing.of(herd.silent())
                    + ": the operator must reach it from where it runs");
        }
        if (!herd.unrewired().isEmpty()) {
            parts.add("on an older configuration: " + Listing.of(herd.unrewired()));
        }
        if (!herd.down().isEmpty()) {
            parts.add("not connected: " + Listing.of(herd.down()));
        }
        if (!herd.unsettled().isEmpty()) {
            parts.add("yet to be switched as spec.peerTls wants, one after the other: " + Listing.of(herd.unsettled()));
        }
        if (herd.parts() > 1) {
            parts.add("the topology has " + herd.parts()
                    + " parts with no edge between them, so no position reaches all servers");
        }
        return String.join("; ", parts);
    }
}
