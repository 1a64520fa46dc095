package io.serverherd.node.peer;

/** Later, on the event loop. */
interface LoopTimer {
    /** Something to come. */
    interface Scheduled {
        void cancel();
    }

    Scheduled after(long millis, Runnable task);

    /** Runs the task when the loop has had a look at its sockets. */
    void soon(Runnable task);

    /** For intervals, in milliseconds. */
    long millis();
}
