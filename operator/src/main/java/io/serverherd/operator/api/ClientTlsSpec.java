package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * TLS with clients.
 *
 * @param secretRef         null: there is an issuerRef
 * @param issuerRef         null: there is a secretRef
 * @param dnsNames          with issuerRef; null: the Services' names alone
 * @param clientCaSecretRef null: clients need no certificate
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.ONE_CERTIFICATE, message = ClientTlsSpec.ONE_MESSAGE)
@ValidationRule(value = CelRules.NAMES_FOR_ISSUER, message = ClientTlsSpec.NAMES_MESSAGE)
public record ClientTlsSpec(
        @JsonPropertyDescription(
                "The servers' certificate and its key, in a Secret of yours. A changed one is shown to new clients"
                        + " without a restart.")
        TlsSecretRef secretRef,

        @JsonPropertyDescription(
                "Who issues the servers' certificate, by cert-manager: one for the herd, in the Secret HERD-client-tls,"
                        + " with the names of its Services.")
        IssuerRef issuerRef,

        @Size(max = ClientTlsSpec.MAX_NAMES)
        @JsonPropertyDescription(
                "With issuerRef: names that clients know the servers by, beside those of the Services, such as"
                        + " herd.example.com.")
        List<@Size(min = 1, max = 253) @Pattern(ClientTlsSpec.NAME_PATTERN) String> dnsNames,

        @JsonPropertyDescription(
                "The authorities whose certificates let a client in, whatever its name. Without it every client is let in"
                        + " that speaks TLS. While it is named and the Secret is not there, none is.")
        CaSecretRef clientCaSecretRef) {

    static final int MAX_NAMES = 20;

    static final String NAME_PATTERN = "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    public static final String ONE_MESSAGE =
            "one of secretRef, a Secret with the servers' certificate, and issuerRef, who issues it, must be there, and not both";
    public static final String NAMES_MESSAGE = "dnsNames are for certificates of issuerRef";

    public ClientTlsSpec {
        dnsNames = dnsNames == null ? null : List.copyOf(dnsNames);
    }
}
