package io.serverherd.local.api.kind;

import java.util.List;
import java.util.Optional;

/**
 * What a kind has below its objects.
 *
 * @param status whether the status is written by its own door only
 * @param others names that only pods have, such as {@code log}
 */
public record Subresources(boolean status, Optional<ScalePaths> scale, List<String> others) {

    static final Subresources NONE = new Subresources(false, Optional.empty(), List.of());
    static final Subresources STATUS = new Subresources(true, Optional.empty(), List.of());
}
