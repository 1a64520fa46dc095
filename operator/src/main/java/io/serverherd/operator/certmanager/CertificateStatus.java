package io.serverherd.operator.certmanager;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What cert-manager says.
 *
 * @param notAfter of the certificate in the Secret, RFC 3339; null: there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CertificateStatus(List<Condition> conditions, String notAfter) {

    public CertificateStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
