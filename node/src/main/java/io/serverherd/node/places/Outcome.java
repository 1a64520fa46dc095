package io.serverherd.node.places;

import java.util.Locale;

/** How a question to Google ended: the statuses of Google's own answers, then what went wrong without one. */
public enum Outcome {
    OK,
    ZERO_RESULTS,
    OVER_QUERY_LIMIT,
    REQUEST_DENIED,
    INVALID_REQUEST,
    UNKNOWN_ERROR,
    /** A well-formed answer with a status that none of these is. */
    OTHER_STATUS,
    /** An HTTP status other than 200, redirects among them. */
    HTTP_ERROR,
    /** Not JSON, or not the shape of a Nearby Search answer. */
    BAD_ANSWER,
    /** Larger than the bound on bodies. */
    OVERSIZED,
    TIMEOUT,
    /** No connection, or one that broke. */
    TRANSPORT,
    /** Too many questions wait already. */
    BUSY,
    /** No key is configured: Google was not asked. */
    NO_KEY;

    /** As a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether Google did its part, so that a person has nothing to look at. */
    boolean good() {
        return this == OK || this == ZERO_RESULTS;
    }

    static Outcome ofStatus(String status) {
        return switch (status) {
            case "OK" -> OK;
            case "ZERO_RESULTS" -> ZERO_RESULTS;
            case "OVER_QUERY_LIMIT" -> OVER_QUERY_LIMIT;
            case "REQUEST_DENIED" -> REQUEST_DENIED;
            case "INVALID_REQUEST" -> INVALID_REQUEST;
            case "UNKNOWN_ERROR" -> UNKNOWN_ERROR;
            default -> OTHER_STATUS;
        };
    }
}
