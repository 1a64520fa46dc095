package io.serverherd.node.places;

import java.util.function.Consumer;

/** Answers what is near a location. Called on the event loop only; never blocks it. */
public interface Places {
    /**
     * Asks, and calls {@code reply} exactly once, on the event loop, never before this call has returned.
     * The bytes are the finished answer: results cut to the bound, newlines normalised, ending in exactly two LF.
     * Failures are answers too (status {@code UNKNOWN_ERROR} or {@code REQUEST_DENIED}).
     * The array may be shared between callers: read it, never write it.
     */
    void nearby(PlacesQuery query, Consumer<byte[]> reply);
}
