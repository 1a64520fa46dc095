package io.serverherd.operator.observe;

/** Whether the operator can keep objects of a kind that it can do without. */
public enum Availability {
    AVAILABLE,
    /** The API server does not know the kind. */
    MISSING,
    /** The API server does not let the operator. */
    NOT_PERMITTED
}
