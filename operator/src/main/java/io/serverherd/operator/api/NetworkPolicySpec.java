package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * Who may reach the servers.
 *
 * @param enabled    null: yes
 * @param clients    null: anybody
 * @param monitoring null: the operator alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NetworkPolicySpec(
        @JsonPropertyDescription(
                "Whether there is a NetworkPolicy, named as the herd. Default true. With false the cluster's own"
                        + " policies decide alone.")
        Boolean enabled,

        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Who may reach the client port, 12000. Without it anybody who can reach the pods. Addresses are those"
                        + " that arrive at the pod: some load balancers put their own or the node's in place of the"
                        + " client's.")
        List<NetworkPeer> clients,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Who may reach the admin port, 12200, besides the operator: such as Prometheus, for /metrics.")
        List<NetworkPeer> monitoring) {

    public boolean wanted() {
        return !Boolean.FALSE.equals(enabled);
    }
}
