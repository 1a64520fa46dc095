package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/**
 * The Services for clients.
 *
 * @param type        null: {@value #CLUSTER_IP}
 * @param annotations null: none
 * @param perServer   null: no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceSpec(
        @OneOf({ServiceSpec.CLUSTER_IP, "NodePort", "LoadBalancer"})
        @JsonPropertyDescription(
                "How clients get in: ClusterIP, which is the default, from inside the cluster; NodePort by a port of"
                        + " every node; LoadBalancer by an address of the cloud's.")
        String type,

        @Size(max = 32)
        @JsonPropertyDescription("Annotations of the Services, as a load balancer's controller wants them.")
        Map<String, @Size(max = 4096) String> annotations,

        @JsonPropertyDescription(
                "Whether each server also has a Service of its own, HERD-SERVER in lower case, of the same type and"
                        + " with the same annotations. Default false, for any server serves any client.")
        Boolean perServer) {

    public static final String CLUSTER_IP = "ClusterIP";

    public static final ServiceSpec NOTHING_SAID = new ServiceSpec(null, null, null);

    /** Its own Service would take the name of the Service by which the herd's servers find each other. */
    public static final String TAKEN_NAME = "peers";

    public static final String NAME_TAKEN = "a server named \"" + TAKEN_NAME
            + "\" can't have a Service of its own, for HERD-peers is the one by which servers find each other: rename the"
            + " server or leave perServer out";
}
