package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * Pods, by the labels of their namespaces and their own, or a range of addresses.
 *
 * @param namespaceLabels empty: every namespace; null: the herd's
 * @param podLabels       empty or null: every pod
 * @param cidr            null where labels are said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = CelRules.PODS_OR_ADDRESSES, message = NetworkPeer.PODS_OR_ADDRESSES)
public record NetworkPeer(
        @Size(max = 16)
        @JsonPropertyDescription(
                "Labels of a namespace, such as {kubernetes.io/metadata.name: monitoring}; {} is every namespace."
                        + " Without it the herd's own.")
        Map<String, @Size(max = 63) String> namespaceLabels,

        @Size(max = 16) @JsonPropertyDescription("Labels of a pod in these namespaces. Without it every pod of them.")
        Map<String, @Size(max = 63) String> podLabels,

        @Size(max = 43)
        @Pattern(NetworkPeer.CIDR_PATTERN)
        @JsonPropertyDescription("A range of addresses instead of labels, such as 10.0.0.0/8 or 2001:db8::/32.")
        String cidr) {

    public static final String PODS_OR_ADDRESSES = "say either cidr, or namespaceLabels, podLabels or both";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    static final String CIDR_PATTERN = "^(" + OCTET + "(\\." + OCTET + "){3}/(3[0-2]|[12]?[0-9])"
            + "|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$";

    public boolean saysEither() {
        return (cidr != null) != (namespaceLabels != null || podLabels != null);
    }
}
