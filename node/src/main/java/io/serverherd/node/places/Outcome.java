package io.serverherd.node.places;

import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

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
    /** An HTTP status that is none of 200, 429 and 5xx; redirects among them, which are not followed. */
    HTTP_ERROR,
    /** HTTP status 429. */
    THROTTLED,
    /** HTTP status 5xx. */
    SERVER_ERROR,
    /** Not JSON, or not the shape of a Nearby Search answer. */
    BAD_ANSWER,
    /** It repeats the key, as messages do that quote the request. No client gets it. */
    KEY_REPEATED,
    /** Larger than the bound on bodies. */
    OVERSIZED,
    TIMEOUT,
    /** No connection, or one that broke. */
    TRANSPORT,
    /** Too many questions wait already. */
    BUSY,
    /** It has failed so often that it was not asked. */
    CIRCUIT_OPEN,
    /** No key is configured: Google was not asked. */
    NO_KEY,
    /** Nothing was asked for that Google could answer: no results at all, or those within a radius of nothing. */
    NOT_ASKED,
    /** As often as the herd's owner allows within a second it was asked already. */
    OVER_RATE,
    /** As often as the herd's owner allows within a day it was asked already. */
    OVER_BUDGET;

    /** As a metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether Google did its part, so that a person has nothing to look at. */
    boolean good() {
        return this == OK || this == ZERO_RESULTS;
    }

    /** Whether it is down for all: what an HTTP status of 4xx or a status of its own says, it says of one question. */
    boolean outage() {
        return switch (this) {
            case THROTTLED, SERVER_ERROR, BAD_ANSWER, OVERSIZED, TIMEOUT, TRANSPORT -> true;
            default -> false;
        };
    }

    /** Whether the herd's owner allows no more: Google was not asked. */
    boolean overCap() {
        return this == OVER_RATE || this == OVER_BUDGET;
    }

    static Outcome ofHttpError(int httpStatus) {
        return httpStatus == 429 ? THROTTLED : httpStatus >= 500 ? SERVER_ERROR : HTTP_ERROR;
    }

    /** By kind alone: the messages of the HTTP client's exceptions may hold the address, and with it the key. */
    static Outcome ofFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return TIMEOUT;
        }
        if (cause instanceof CircuitOpenException) {
            return CIRCUIT_OPEN;
        }
        return cause instanceof BoundedBody.OversizedException
                        || cause.getCause() instanceof BoundedBody.OversizedException
                ? OVERSIZED
                : TRANSPORT;
    }

    /** Of a question that waited its turn when the circuit opened. */
    static final class CircuitOpenException extends Exception {
        private static final long serialVersionUID = 1L;
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
