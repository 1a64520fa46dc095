package io.serverherd.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesAttributesExtractor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.serverherd.local.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Objects by key, with resource versions and a log of changes. One thread at a time: whoever reads and then writes does
 * both inside {@link #exclusively}.
 *
 * <p>Map, attribute queries and version counter are those of the mock server's {@link KubernetesCrudDispatcher}; its
 * HTTP half is not used. The attributes are ours, since those the dispatcher derives from a path match objects of any
 * group where the path has none, and take labels into the key.
 */
public final class ObjectStore {

    /** What makes a watch a part of this store: where it starts and how it ends. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private static final int HISTORY = 5_000;

    private final KubernetesCrudDispatcher crud = new KubernetesCrudDispatcher();
    private final ReentrantLock lock = new ReentrantLock();
    private final ChangeLog log;
    private long latest;

    public ObjectStore() {
        this(HISTORY);
    }

    /** @param history how many changes a watch can reach back */
    public ObjectStore(int history) {
        log = new ChangeLog(history);
        nextVersion(); // 0 has a meaning of its own in requests: whatever you have
    }

    /** Runs the action with no other reader or writer beside it. */
    public <T> T exclusively(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** A copy of the object, the caller's to change. */
    public Optional<ObjectNode> get(ObjectKey key) {
        return exclusively(() -> text(key)).map(Json::object);
    }

    public boolean contains(ObjectKey key) {
        return exclusively(() -> text(key)).isPresent();
    }

    /** Copies of the objects, by namespace and name, as of one moment. */
    public Listing list(ObjectSet set) {
        AttributeSet query = attributes(set);
        List<String> texts = new ArrayList<>();
        long version = exclusively(() -> {
            for (Map.Entry<AttributeSet, String> entry : crud.getMap().entrySet()) {
                if (entry.getKey().matches(query)) {
                    texts.add(entry.getValue());
                }
            }
            return version();
        });
        return new Listing(
                texts.stream().map(Json::object).sorted(Listing.BY_NAME).toList(), version);
    }

    /** Keys of all objects in a namespace, whatever their kind. */
    public List<ObjectKey> keysIn(String namespace) {
        return keys(new AttributeSet(new Attribute(KubernetesAttributesExtractor.NAMESPACE, namespace)));
    }

    /** Keys of all objects of a kind, whatever their namespace. */
    public List<ObjectKey> keysOf(String group, String plural) {
        return keys(attributes(new ObjectSet(group, plural, "")));
    }

    private List<ObjectKey> keys(AttributeSet query) {
        return exclusively(() -> crud.getMap().keySet().stream()
                .filter(attributes -> attributes.matches(query))
                .map(ObjectStore::key)
                .sorted()
                .toList());
    }

    /** The version of the latest write. */
    public long version() {
        return exclusively(() -> latest);
    }

    /** Stores the object under its key; gives it the next resource version first. */
    public void put(ObjectKey key, ObjectNode object) {
        exclusively(() -> {
            Optional<String> previous = text(key);
            String text = stamp(object);
            crud.getMap().put(attributes(key), text);
            Change.Type type = previous.isEmpty() ? Change.Type.ADDED : Change.Type.MODIFIED;
            log.append(new Change(latest, type, key, text, previous.orElse(null)));
            return null;
        });
    }

    /** Removes the object whose last state this is. */
    public void remove(ObjectKey key, ObjectNode lastState) {
        exclusively(() -> {
            String previous = crud.getMap().remove(attributes(key));
            if (previous != null) {
                log.append(new Change(nextVersion(), Change.Type.DELETED, key, stampedAs(lastState, latest), previous));
            }
            return null;
        });
    }

    /**
     * Calls the follower for each change after that version, past ones at once and new ones as they are written, in
     * order, on the writer's thread and under the store's lock: it must be quick and must not write.
     *
     * @throws ExpiredVersionException when the log no longer reaches back to that version
     */
    public Subscription follow(long after, Consumer<Change> follower) {
        exclusively(() -> {
            log.follow(after, follower);
            return null;
        });
        return () -> exclusively(() -> {
            log.unfollow(follower);
            return null;
        });
    }

    private Optional<String> text(ObjectKey key) {
        return Optional.ofNullable(crud.getMap().get(attributes(key)));
    }

    private String stamp(ObjectNode object) {
        return stampedAs(object, nextVersion());
    }

    private static String stampedAs(ObjectNode object, long version) {
        Json.child(object, "metadata").put("resourceVersion", Long.toString(version));
        return Json.text(object);
    }

    private long nextVersion() {
        latest = crud.requestResourceVersion();
        return latest;
    }

    private static ObjectKey key(AttributeSet attributes) {
        return new ObjectKey(
                value(attributes, KubernetesAttributesExtractor.API),
                value(attributes, KubernetesAttributesExtractor.PLURAL),
                value(attributes, KubernetesAttributesExtractor.NAMESPACE),
                value(attributes, KubernetesAttributesExtractor.NAME));
    }

    private static String value(AttributeSet attributes, String name) {
        return attributes.getAttribute(name).getValues().get(0).toString();
    }

    private static AttributeSet attributes(ObjectKey key) {
        return new AttributeSet(
                new Attribute(KubernetesAttributesExtractor.API, key.group()),
                new Attribute(KubernetesAttributesExtractor.PLURAL, key.plural()),
                new Attribute(KubernetesAttributesExtractor.NAMESPACE, key.namespace()),
                new Attribute(KubernetesAttributesExtractor.NAME, key.name()));
    }

    private static AttributeSet attributes(ObjectSet set) {
        AttributeSet query = new AttributeSet(
                new Attribute(KubernetesAttributesExtractor.API, set.group()),
                new Attribute(KubernetesAttributesExtractor.PLURAL, set.plural()));
        return set.namespace().isEmpty()
                ? query
                : query.add(new Attribute(KubernetesAttributesExtractor.NAMESPACE, set.namespace()));
    }
}
