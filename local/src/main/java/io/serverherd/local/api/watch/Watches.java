package io.serverherd.local.api.watch;

import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.http.Reply;
import io.serverherd.local.api.http.ResponseStream;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.select.Selection;
import io.serverherd.local.api.store.ExpiredVersionException;
import io.serverherd.local.api.store.Listing;
import io.serverherd.local.api.store.ObjectSet;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.Target;
import io.serverherd.local.api.view.View;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Starts and ends watches. */
public final class Watches {

    private static final Duration BOOKMARK_INTERVAL = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    public Watches(ObjectStore store, ScheduledExecutorService timer, Clock clock) {
        this.store = store;
        this.timer = timer;
        this.clock = clock;
    }

    public Reply watch(Target target, ApiRequest request) {
        ResourceType type = target.type();
        Selection selection = Selection.of(request, type);
        long from = request.number("resourceVersion").orElse(0L);
        Optional<Long> timeout = request.number("timeoutSeconds");
        EventWriter events = new EventWriter(type, View.of(request, type, clock), selection);
        return new Reply.Stream(
                "application/json",
                stream -> open(stream, type.objects(target.namespace()), from, timeout, events, request));
    }

    private void open(
            ResponseStream stream,
            ObjectSet set,
            long from,
            Optional<Long> timeout,
            EventWriter events,
            ApiRequest request) {
        boolean bookmarks = request.flag("allowWatchBookmarks");
        Subscriber subscriber = new Subscriber(stream, set, events);
        ObjectStore.Subscription subscription;
        try {
            subscription = store.exclusively(() -> subscribe(subscriber, stream, set, from, events, request));
        } catch (ExpiredVersionException e) {
            stream.send(() -> events.error(ApiException.expired(e.getMessage())));
            stream.end();
            return;
        }
        stream.onEnd(subscription::close);
        if (bookmarks) {
            every(BOOKMARK_INTERVAL, stream, () -> bookmark(stream, events));
        }
        timeout.ifPresent(seconds -> {
            ScheduledFuture<?> end = timer.schedule(
                    () -> {
                        if (bookmarks) {
                            bookmark(stream, events);
                        }
                        stream.end();
                    },
                    seconds,
                    TimeUnit.SECONDS);
            stream.onEnd(() -> end.cancel(false));
        });
    }

    /** With no version to start from, what is there comes first, as if it had just been added. */
    private ObjectStore.Subscription subscribe(
            Subscriber subscriber,
            ResponseStream stream,
            ObjectSet set,
            long from,
            EventWriter events,
            ApiRequest request) {
        boolean initial = from == 0 || request.flag("sendInitialEvents");
        ObjectStore.Subscription subscription =
                initial ? fromWhatIsThere(subscriber, stream, set, events, request) : store.follow(from, subscriber);
        subscriber.caughtUp();
        return subscription;
    }

    private ObjectStore.Subscription fromWhatIsThere(
            Subscriber subscriber, ResponseStream stream, ObjectSet set, EventWriter events, ApiRequest request) {
        Listing listing = store.list(set);
        listing.objects().forEach(object -> stream.send(() -> events.added(object)));
        if (request.flag("sendInitialEvents")) {
            stream.send(() -> events.bookmark(listing.version(), true));
        }
        return store.follow(listing.version(), subscriber);
    }

    private void bookmark(ResponseStream stream, EventWriter events) {
        store.exclusively(() -> {
            long version = store.version(); // under the lock: nothing before it is still to be sent
            stream.send(() -> events.bookmark(version, false));
            return null;
        });
    }

    private void every(Duration interval, ResponseStream stream, Runnable action) {
        ScheduledFuture<?> repetition =
                timer.scheduleAtFixedRate(action, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        stream.onEnd(() -> repetition.cancel(false));
    }
}
