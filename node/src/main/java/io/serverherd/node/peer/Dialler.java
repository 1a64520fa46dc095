package io.serverherd.node.peer;

import io.serverherd.node.config.Neighbour;

/** Opens connections to neighbours. */
interface Dialler {
    /** What came of it: one of the two is called, once, on the event loop, and not before {@link #dial} has returned. */
    interface Outcome {
        void connected(PeerSocket socket);

        void failed(String why);
    }

    /** Looks the name up and connects. Event loop only; does not block. */
    void dial(Neighbour neighbour, Outcome outcome);
}
