package io.serverherd.operator.status;

import io.serverherd.operator.api.HerdCondition.Status;

/** A condition before it has a time. */
record Fact(String type, Status status, String reason, String message) {

    static Fact of(String type, boolean holds, String reason, String message) {
        return new Fact(type, holds ? Status.True : Status.False, reason, message);
    }
}
