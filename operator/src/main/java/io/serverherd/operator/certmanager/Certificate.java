package io.serverherd.operator.certmanager;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** What is to be certified, and how far cert-manager has come with it. */
@Group(Certificate.GROUP)
@Version("v1")
public final class Certificate extends CustomResource<CertificateSpec, CertificateStatus> implements Namespaced {
    public static final String GROUP = "cert-manager.io";

    private static final long serialVersionUID = 1;
    private static final String READY = "Ready";
    private static final String ISSUING = "Issuing";

    /** The Secret has what was asked for, as it is asked for now. */
    public boolean ready() {
        return condition(READY)
                .filter(ready -> ready.getStatus().equals("True"))
                .filter(this::isOfNow)
                .isPresent();
    }

    /** Why there is no certificate, in cert-manager's own words. */
    public String awaits() {
        // What went wrong at the last attempt says more than that there is nothing yet.
        return condition(ISSUING)
                .filter(issuing -> issuing.getStatus().equals("False"))
                .or(() -> condition(READY).filter(this::isOfNow))
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .orElse("cert-manager has not looked at it yet");
    }

    /** When the certificate in the Secret ends. */
    public Optional<Instant> ends() {
        try {
            return Optional.ofNullable(getStatus())
                    .map(CertificateStatus::notAfter)
                    .map(Instant::parse);
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private boolean isOfNow(Condition condition) {
        return condition.getObservedGeneration() == null
                || condition.getObservedGeneration().equals(getMetadata().getGeneration());
    }

    private Optional<Condition> condition(String type) {
        List<Condition> conditions =
                getStatus() == null ? List.of() : getStatus().conditions();
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    @Override
    protected CertificateSpec initSpec() {
        return null;
    }

    @Override
    protected CertificateStatus initStatus() {
        return null;
    }
}
