package io.serverherd.local.api.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The latest changes in their order, and those who follow them. Not thread-safe: the store's lock guards it. */
final class ChangeLog {

    private final int capacity;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final List<Consumer<Change>> followers = new ArrayList<>();
    private long forgottenUpTo;

    /** @param capacity changes to keep; who asks for older ones must list again */
    ChangeLog(int capacity) {
        this.capacity = capacity;
    }

    void append(Change change) {
        changes.addLast(change);
        if (changes.size() > capacity) {
            forgottenUpTo = changes.removeFirst().version();
        }
        List.copyOf(followers).forEach(follower -> follower.accept(change));
    }

    /** Gives the follower all changes after that version, then each new one. */
    void follow(long after, Consumer<Change> follower) {
        if (after < forgottenUpTo) {
            throw new ExpiredVersionException(after, forgottenUpTo);
        }
        changes.stream().filter(change -> change.version() > after).forEach(follower);
        followers.add(follower);
    }

    void unfollow(Consumer<Change> follower) {
        followers.remove(follower);
    }
}
