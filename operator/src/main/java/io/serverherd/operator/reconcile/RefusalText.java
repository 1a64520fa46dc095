package io.serverherd.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.operator.observe.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why the API server refused a write, for the log and the status. */
final class RefusalText {
    private RefusalText() {}

    /** In its own words, but of a Secret: these may quote what was sent. Then in the words that are from lists. */
    static String of(KubernetesClientException refused, ObjectKey object) {
        Optional<Status> status = Optional.ofNullable(refused.getStatus());
        Optional<String> said = object.kind().equals("Secret")
                ? status.flatMap(RefusalText::withoutValues)
                : status.map(Status::getMessage);
        return said.filter(text -> !text.isEmpty()).orElse("HTTP " + refused.getCode());
    }

    /** Such as {@code Invalid (type)}. */
    private static Optional<String> withoutValues(Status status) {
        return Optional.ofNullable(status.getReason()).map(reason -> {
            List<String> fields = fields(status);
            return fields.isEmpty() ? reason : reason + " (" + String.join(", ", fields) + ")";
        });
    }

    private static List<String> fields(Status status) {
        return status.getDetails() == null
                ? List.of()
                : status.getDetails().getCauses().stream()
                        .map(StatusCause::getField)
                        .filter(Objects::nonNull)
                        .toList();
    }
}
