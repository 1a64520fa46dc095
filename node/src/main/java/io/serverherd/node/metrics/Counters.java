package io.serverherd.node.metrics;

import io.serverherd.node.tls.Refusal;

/**
 * What the event loop counts. Plain fields, written by the event loop alone, so that counting costs one addition; a
 * scrape reads them from another thread and may be a moment behind, never wrong by more than that.
 */
public final class Counters {
    /** Commands of clients, by what they were; `invalid` is everything that was answered with a `?`. */
    public long iamat;

    public long whatsat;
    public long invalid;

    /** Records, from clients and neighbours alike, by what became of them. */
    public long recordsStored;

    public long recordsStale;

    /** Of new clients when the limit of clients was reached and all of them had newer ones, or that of bytes was. */
    public long recordsRefusedFull;

    /** Clients forgotten because there were more than the limit. */
    public long clientsEvicted;

    /** Records that came from neighbours, and AT lines of theirs that are none. */
    public long recordsReceived;

    public long recordsRefusedMalformed;

    /** Of neighbours, too far ahead of this server's clock. */
    public long recordsRefusedFuture;

    /** Records passed on to neighbours, counted once per neighbour. */
    public long linesFlooded;

    /** Records not passed on to a neighbour that does not keep up; the two reconcile when it does again. */
    public long linesHeldBack;

    /** Gauge: client connections open now. */
    public long clientsOpen;

    public long clientsAccepted;

    /** Refused because the limit of connections was reached, or that of an address. */
    public long clientsRefused;

    /** Closed because they did not read their replies. */
    public long clientsClosedSlow;

    /** Closed because a line took them too long. */
    public long clientsClosedUnfinished;

    /** Closed because of a line beyond the limit. */
    public long clientsClosedOverlong;

    /** Not let in, since TLS or their certificates were not right; by why. */
    private final long[] clientsRefusedByTls = new long[Refusal.values().length];

    public long clientBytesIn;
    public long clientBytesOut;

    /** Lines from neighbours that no version known here sends; they are ignored. */
    public long peerLinesUnknown;

    /** Gauge: links to neighbours that are up now. */
    public long linksUp;

    public long linksOpened;
    public long linksLost;

    public long peerBytesIn;
    public long peerBytesOut;

    /** Connections on the peer port, and dialled ones, that are no neighbour's; by why. */
    private final long[] peersRefused = new long[Refusal.values().length];

    public void refused(Refusal reason) {
        peersRefused[reason.ordinal()]++;
    }

    public long peersRefused(Refusal reason) {
        return peersRefused[reason.ordinal()];
    }

    public void clientRefused(Refusal reason) {
        clientsRefusedByTls[reason.ordinal()]++;
    }

    public long clientsRefused(Refusal reason) {
        return clientsRefusedByTls[reason.ordinal()];
    }
}
