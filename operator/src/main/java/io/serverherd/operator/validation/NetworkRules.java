package io.serverherd.operator.validation;

import io.serverherd.operator.api.NetworkPeer;
import io.serverherd.operator.api.NetworkPolicySpec;
import java.util.ArrayList;
import java.util.List;

/** What must be true of the peers of a network policy. */
final class NetworkRules {
    private NetworkRules() {}

    /** @param spec null: nothing said */
    static List<String> of(NetworkPolicySpec spec) {
        List<String> problems = new ArrayList<>();
        if (spec != null) {
            check("spec.networkPolicy.clients", spec.clients(), problems);
            check("spec.networkPolicy.monitoring", spec.monitoring(), problems);
        }
        return problems;
    }

    private static void check(String path, List<NetworkPeer> peers, List<String> problems) {
        for (int i = 0; peers != null && i < peers.size(); i++) {
            if (!peers.get(i).saysEither()) {
                problems.add(path + "[" + i + "]: " + NetworkPeer.PODS_OR_ADDRESSES);
            }
        }
    }
}
