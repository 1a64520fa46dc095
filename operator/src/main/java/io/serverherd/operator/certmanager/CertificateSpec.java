package io.serverherd.operator.certmanager;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.serverherd.operator.api.IssuerRef;
import java.util.List;
import java.util.Map;

/**
 * What is to be certified. Durations are spelled as cert-manager spells them, or it would spell them anew.
 *
 * @param secretName  where key, certificate and the issuer's CA go
 * @param duration    of a certificate
 * @param renewBefore how long before its end there is another
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CertificateSpec(
        String secretName,
        SecretTemplate secretTemplate,
        IssuerRef issuerRef,
        Subject subject,
        List<String> uris,
        List<String> dnsNames,
        List<String> usages,
        PrivateKey privateKey,
        String duration,
        String renewBefore,
        Integer revisionHistoryLimit) {

    /** What the Secret gets beside its data. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SecretTemplate(Map<String, String> labels) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Subject(List<String> organizations) {}

    /** @param rotationPolicy whether a new certificate has a new key */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PrivateKey(String algorithm, Integer size, String encoding, String rotationPolicy) {}
}
