package io.serverherd.operator.status;

import io.serverherd.operator.validation.Validation;

/** Only while true: nothing will happen until someone changes the spec. */
final class StalledCondition {
    static final String TYPE = "Stalled";

    private StalledCondition() {}

    static Fact of(Validation validation) {
        return Fact.of(TYPE, true, "SpecRefused", validation.message());
    }
}
