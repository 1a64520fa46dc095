package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Set;

/**
 * Who issues certificates for cert-manager: an Issuer of the herd's namespace, or one of the cluster.
 *
 * @param kind  null: {@value #ISSUER}
 * @param group null: {@value #OWN_GROUP}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.ISSUER_KIND_KNOWN, message = IssuerRef.KIND_MESSAGE)
public record IssuerRef(
        @Required
        @Size(min = 1, max = 253)
        @Pattern(SecretKeyRef.NAME_PATTERN)
        @JsonPropertyDescription("The issuer's name. It may be made later: the herd waits for it, and says so.")
        String name,

        @Size(min = 1, max = 63)
        @Pattern("^[A-Z][A-Za-z0-9]*$")
        @JsonPropertyDescription(
                "Issuer, the default: one of the herd's namespace. ClusterIssuer: one of the cluster. Issuers that are"
                        + " no part of cert-manager have kinds of their own.")
        String kind,

        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "The API group of the issuer's kind. Without it cert-manager.io; issuers that are no part of"
                        + " cert-manager have another.")
        String group) {

    public static final String KIND_MESSAGE =
            "kind must be Issuer or ClusterIssuer, unless group names an issuer that is no part of cert-manager";

    static final String ISSUER = "Issuer";
    static final String CLUSTER_ISSUER = "ClusterIssuer";
    static final String OWN_GROUP = "cert-manager.io";

    public IssuerRef {
        kind = kind == null ? ISSUER : kind;
        group = group == null ? OWN_GROUP : group;
    }

    /** Of cert-manager's own group there are two. */
    public boolean kindIsKnown() {
        return !group.equals(OWN_GROUP) || Set.of(ISSUER, CLUSTER_ISSUER).contains(kind);
    }
}
