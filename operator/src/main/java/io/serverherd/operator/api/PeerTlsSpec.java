package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * How servers know their neighbours.
 *
 * @param mode null: Managed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PeerTlsSpec(
        @OneOf({PeerTlsSpec.MANAGED, PeerTlsSpec.DISABLED})
        @JsonPropertyDescription(
                "Managed, the default: servers speak TLS with each other, both ends show a certificate, and the operator"
                        + " makes and renews these. Disabled: plain TCP; whoever reaches the peer port can read and"
                        + " write records. A change is made live, one edge at a time.")
        String mode) {

    public static final String MANAGED = "Managed";
    public static final String DISABLED = "Disabled";

    public static final PeerTlsSpec NOTHING_SAID = new PeerTlsSpec(null);

    public boolean managed() {
        return !DISABLED.equals(mode);
    }
}
