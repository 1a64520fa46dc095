package io.serverherd.local.api.watch;

import io.serverherd.local.api.http.ResponseStream;
import io.serverherd.local.api.store.Change;
import io.serverherd.local.api.store.ObjectSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watch's ear on the store: picks the changes of its set and leaves the rest to the connection's thread. */
final class Subscriber implements Consumer<Change> {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final ResponseStream stream;
    private final ObjectSet set;
    private final EventWriter events;
    private volatile boolean caughtUp;

    Subscriber(ResponseStream stream, ObjectSet set, EventWriter events) {
        this.stream = stream;
        this.set = set;
        this.events = events;
    }

    /** From now on changes happen; those so far are history, in which a definition may have gone and come again. */
    void caughtUp() {
        caughtUp = true;
    }

    @Override
    public void accept(Change change) {
        if (caughtUp && isEndOfTheKind(change)) {
            stream.end();
            return;
        }
        if (!set.contains(change.key())) {
            return;
        }
        if (stream.congested()) {
            LOG.atWarn()
                    .addKeyValue("event", "watch_dropped")
                    .addKeyValue("resource", set.plural())
                    .addKeyValue("reason", "the client does not read; it will list again")
                    .log();
            stream.end();
            return;
        }
        stream.send(() -> events.changed(change));
    }

    /** The definition of what is watched has gone, and its objects before it. */
    private boolean isEndOfTheKind(Change change) {
        return change.type() == Change.Type.DELETED
                && change.key().plural().equals("customresourcedefinitions")
                && change.key().name().equals(set.plural() + "." + set.group());
    }
}
