package io.serverherd.node.log;

/**
 * The log of every line received and sent, for herds that ask for it (`logMessages`). The event loop copies bytes into
 * a bounded queue and goes on; when the queue is full the line is dropped and counted.
 */
public final class MessageLog {
    private boolean on;

    /** Whether lines are to be logged. Ask before the other calls: when off, this test is all that logging costs. */
    public boolean on() {
        return on;
    }

    /** Event loop only. */
    public void turn(boolean on) {
        this.on = on;
    }

    /**
     * Notes a line that came in. Event loop only; copies the bytes, the buffer is reused.
     *
     * @param from  who sent it: a client's address or a neighbour's name
     * @param index where the line begins in the buffer
     */
    public void received(String from, byte[] buffer, int index, int length) {}

    /** As {@link #received}, of bytes that go out. */
    public void sent(String to, byte[] buffer, int index, int length) {}
}
