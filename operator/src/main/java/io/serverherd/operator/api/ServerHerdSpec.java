package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What a user asks for. Nothing here is ever written by the operator.
 *
 * @param servers at least one; names are unique, also in lower case
 * @param edges   null or empty: servers without neighbours
 * @param image   null: the operator's default
 * @param places  null: no key, the operator's default endpoint
 * @param limits  null: the node's defaults
 * @param logging null: events only
 * @param pod     null: nothing special; a server's own {@code pod} wins
 * @param service null: reachable within the cluster
 * @param networkPolicy null: as by default
 * @param storage null: records are kept as long as their pod
 * @param peerTls null: Managed
 * @param clientTls null: clients are without
 * @param paused  null: no
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonClassDescription("The herd that is wanted.")
@ValidationRule(
        value = CelRules.NEIGHBOURS_KNOWN,
        fieldPath = ".edges",
        message = "an edge names a server that is not in spec.servers",
        messageExpression = CelRules.NEIGHBOURS_KNOWN_MESSAGE)
@ValidationRule(
        value = CelRules.SECOND_IS_SHARED,
        fieldPath = ".places",
        message = "maxRequestsPerSecond" + PlacesSpec.SHARED)
@ValidationRule(
        value = CelRules.DAY_IS_SHARED,
        fieldPath = ".places",
        message = "maxRequestsPerDay" + PlacesSpec.SHARED)
@ValidationRule(value = CelRules.SERVICE_NAMES_FREE, fieldPath = ".service", message = ServiceSpec.NAME_TAKEN)
public record ServerHerdSpec(
        @Required
        @Size(min = 1, max = ServerHerdSpec.MAX_SERVERS)
        @ValidationRule(
                value = CelRules.NAMES_UNIQUE,
                message = "two servers have the same name; upper and lower case do not count",
                messageExpression = CelRules.NAMES_UNIQUE_MESSAGE)
        @JsonPropertyDescription(
                "The servers of the herd, 1 to 200. Each becomes one pod, HERD-SERVER-0 in lower case, and any of"
                        + " them answers any client. Servers can be added and removed while the herd runs.")
        List<ServerSpec> servers,

        @Size(max = ServerHerdSpec.MAX_EDGES)
        @JsonPropertyDescription(
                "Which servers are neighbours, at most 1,000 pairs. Neighbours pass positions on to each other, so a"
                        + " position reaches every server that a path of edges leads to. Edges have no direction:"
                        + " {a: X, b: Y} and {a: Y, b: X} are one edge. Edit them while the herd runs: links open and"
                        + " close, no server restarts.")
        List<EdgeSpec> edges,

        @Size(min = 1, max = 512)
        @Pattern("^\\S+$")
        @JsonPropertyDescription(
                "The node's image, such as ghcr.io/serverherd/herd-node:0.1.0. Without it the operator's default when the herd was created. A"
                        + " change replaces the pods one at a time.")
        String image,

        @JsonPropertyDescription("How servers ask Google Places when a client sends WHATSAT.")
        PlacesSpec places,

        @JsonPropertyDescription("What each server bears, before it says no. Changes need no restart.")
        LimitsSpec limits,

        @JsonPropertyDescription("What servers log beside their events.")
        LoggingSpec logging,

        @JsonPropertyDescription(
                "Where the herd's pods may run and what they may use. A server's own pod settings win, field by field.")
        PodSettings pod,

        @JsonPropertyDescription(
                "The Service named as the herd, by which clients reach any ready server at port 12000.")
        ServiceSpec service,

        @JsonPropertyDescription(
                "Who may reach the servers, and what they may reach: by default clients from anywhere, peers from the"
                        + " herd, the admin port from the operator; DNS, peers and Places to go out. Enforced where the"
                        + " cluster's network does so.")
        NetworkPolicySpec networkPolicy,

        @JsonPropertyDescription(
                "A volume for each server's records, which brings them back where the whole herd went down. Without it"
                        + " they live as long as their pod. Adding, changing and removing it replaces pods one at a"
                        + " time; a larger size replaces none.")
        StorageSpec storage,

        @JsonPropertyDescription(
                "How servers know their neighbours, and keep others from reading and writing records. By default TLS"
                        + " with certificates that the operator makes.")
        PeerTlsSpec peerTls,

        @JsonPropertyDescription(
                "TLS with clients: the servers take no others then. Without it clients speak plainly, as the protocol is."
                        + " A change replaces pods one at a time.")
        ClientTlsSpec clientTls,

        @JsonPropertyDescription(
                "true holds everything the operator would write for this herd but its status; the condition Paused says"
                        + " what waits. The servers run on. Without it false.")
        Boolean paused) {

    public static final int MAX_SERVERS = 200;
    public static final int MAX_EDGES = 1_000;

    /** Of amounts such as 128Mi or 0.5. As in Kubernetes, but never below zero. */
    public static final String QUANTITY_PATTERN =
            "^[0-9]{1,15}(\\.[0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][0-9]{1,2})?$";

    public ServerHerdSpec {
        servers = servers == null ? List.of() : List.copyOf(servers);
        edges = edges == null ? List.of() : List.copyOf(edges);
    }
}
