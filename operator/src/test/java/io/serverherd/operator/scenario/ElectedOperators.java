package io.serverherd.operator.scenario;

import java.util.List;

/** Operators beside each other, of which one leads; each by the name it has in their Lease. */
interface ElectedOperators {
    /** Of the Lease. */
    String namespace();

    /** Those that are not ending. */
    List<String> names();

    /** What the operator says at a path of its HTTP port; empty where it says that it is not ready, or nothing. */
    String says(String name, String path) throws Exception;

    /** Asked to end, as by whoever drains its machine. */
    void stop(String name) throws Exception;

    /** As its machine's end would be: no last words, and no second start. */
    void kill(String name) throws Exception;

    /** Ends them all, and waits. */
    void close() throws Exception;
}
