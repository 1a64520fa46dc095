package io.serverherd.node.herd;

/** A neighbour that records can be offered to. */
public interface HerdLink {
    /** Offers the bytes {@code [from, to)}, an AT line and its LF. They are the caller's again on return. */
    void offer(byte[] buf, int from, int to);
}
