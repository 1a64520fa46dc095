package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How servers know their neighbours.
 *
 * @param mode      null: Managed
 * @param issuerRef with the mode CertManager; null with the others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = CelRules.ISSUER_FITS_MODE, message = PeerTlsSpec.ISSUER_MESSAGE)
public record PeerTlsSpec(
        @OneOf({PeerTlsSpec.MANAGED, PeerTlsSpec.CERT_MANAGER, PeerTlsSpec.DISABLED})
        @JsonPropertyDescription(
                "Managed, the default: servers speak TLS with each other, both ends show a certificate, and the operator"
                        + " makes and renews these. CertManager: the same with certificates that cert-manager makes; the"
                        + " operator holds no key. Disabled: plain TCP; whoever reaches the peer port can read and write"
                        + " records. A change is made live, one edge at a time.")
        String mode,

        @JsonPropertyDescription(
                "With mode CertManager: who issues the servers' certificates. It must be an issuer that puts its CA"
                        + " into ca.crt, and only such servers should get certificates of it.")
        IssuerRef issuerRef) {

    public static final String MANAGED = "Managed";
    public static final String CERT_MANAGER = "CertManager";
    public static final String DISABLED = "Disabled";

    public static final String ISSUER_MESSAGE =
            "mode: CertManager needs issuerRef, the issuer of the certificates, and no other mode has one";

    public static final PeerTlsSpec NOTHING_SAID = new PeerTlsSpec(null, null);

    /** The operator makes the certificates. */
    public boolean managed() {
        return !byCertManager() && encrypted();
    }

    /** cert-manager does. (Jackson would take "issued" for the question whether it is "sued".) */
    public boolean byCertManager() {
        return CERT_MANAGER.equals(mode);
    }

    public boolean encrypted() {
        return !DISABLED.equals(mode);
    }
}
