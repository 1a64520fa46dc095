package io.serverherd.operator.observe;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.desired.DesiredServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps asking the servers for their status, and starts a reconciliation when an answer differs in what matters.
 *
 * <p>All but the answers themselves is used by one thread only, so it is in plain collections.
 */
public final class NodeStatusPoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStatusPoller.class);

    private final SimpleInboundEventSource<ServerHerd> events = new SimpleInboundEventSource<>("node-status");
    private final ScheduledExecutorService thread;
    private final NodeStatusClient client;
    private final long forgetAfterNanos;
    /** By the pod's UID: a new pod of the same name has said nothing yet. */
    private final Map<String, NodeStatus> answers = new ConcurrentHashMap<>();

    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<ResourceID, Map<String, PolledServer>> herds = new HashMap<>();

    /**
     * @param adminPort   of the servers
     * @param forgetAfter how long after the last {@link #follow} a herd is no longer asked: it has been deleted
     */
    public NodeStatusPoller(int adminPort, Duration forgetAfter) {
        client = new NodeStatusClient(adminPort);
        forgetAfterNanos = forgetAfter.toNanos();
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread poller = new Thread(task, "node-status-poller");
            poller.setDaemon(true);
            return poller;
        });
        executor.setRemoveOnCancelPolicy(true);
        thread = executor;
    }

    /** Where the framework hears of changed answers. */
    public EventSource<Void, ServerHerd> events() {
        return events;
    }

    /** The pod's last answer; empty when it has never given one or has stopped to. */
    public Optional<NodeStatus> answer(String podUid) {
        return Optional.ofNullable(answers.get(podUid));
    }

    /** Whether nothing is known of the pod yet, not even that it does not answer. */
    public boolean awaitsAnswer(String podUid) {
        return !answers.containsKey(podUid) && !silent.contains(podUid);
    }

    /** Asks these servers of a herd from now on, and no others; often those that are not yet as wanted. */
    public void follow(ServerHerd herd, List<DesiredServer> servers, ObservedHerd observed) {
        ResourceID id = ResourceID.fromResource(herd);
        thread.execute(() -> refollow(id, servers, observed));
    }

    /** Asks nobody any more, until a pass says whom; asks for one of every herd. */
    public void forget() {
        thread.execute(() -> {
            herds.values().forEach(pods -> pods.values().forEach(PolledServer::stop));
            Set<ResourceID> forgotten = Set.copyOf(herds.keySet());
            herds.clear();
            forgotten.forEach(events::propagateEvent);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void refollow(ResourceID herd, List<DesiredServer> servers, ObservedHerd observed) {
        Map<String, PolledServer> polled = herds.computeIfAbsent(herd, any -> new HashMap<>());
        Set<String> there = new HashSet<>();
        for (DesiredServer server : servers) {
            ObservedPod pod = observed.server(server)
                    .pod()
                    .filter(p -> p.ip().isPresent())
                    .orElse(null);
            if (pod != null) {
                there.add(pod.uid());
                polled.computeIfAbsent(pod.uid(), uid -> new PolledServer(herd, uid))
                        .expect(pod.ip().get(), server, pod.ready());
            }
        }
        polled.values().stream()
                .filter(server -> !there.contains(server.podUid))
                .forEach(PolledServer::stop);
        polled.keySet().retainAll(there);
    }

    /** One pod that is asked. Used by the poller's thread only. */
    private final class PolledServer {
        /** One lost answer is no news. */
        private static final int FAILURES_UNTIL_UNKNOWN = 3;

        private final ResourceID herd;
        private final String podUid;
        private String ip;
        private DesiredServer wanted;
        private boolean ready;
        private int failures;
        private long followedAt;
        private long changedAt;
        private boolean asking;
        private boolean stopped;
        private Future<?> nextAsk;

        PolledServer(ResourceID herd, String podUid) {
            this.herd = herd;
            this.podUid = podUid;
        }

        void expect(String podIp, DesiredServer server, boolean podReady) {
            followedAt = System.nanoTime();
            if (podIp.equals(ip) && server.equals(wanted) && podReady == ready) {
                return;
            }
            ip = podIp;
            wanted = server;
            ready = podReady;
            changedAt = followedAt;
            if (nextAsk != null) {
                nextAsk.cancel(false);
            }
            ask();
        }

        void stop() {
            stopped = true;
            answers.remove(podUid);
            silent.remove(podUid);
            if (nextAsk != null) {
                nextAsk.cancel(false);
            }
        }

        private void ask() {
            if (System.nanoTime() - followedAt > forgetAfterNanos) {
                stop();
                herds.getOrDefault(herd, new HashMap<>()).remove(podUid);
                return;
            }
            if (asking || stopped) {
                return;
            }
            asking = true;
            client.ask(ip).whenComplete((status, failure) -> thread.execute(() -> answered(status, failure)));
        }

        private void answered(NodeStatus status, Throwable failure) {
            asking = false;
            if (stopped) {
                return;
            }
            failures = failure == null ? 0 : failures + 1;
            if (failure == null) {
                silent.remove(podUid);
                if (!status.equals(answers.put(podUid, status))) {
                    changed("answering");
                }
            } else if (failures >= FAILURES_UNTIL_UNKNOWN && silent.add(podUid)) {
                answers.remove(podUid);
                changed("silent");
            }
            Duration sinceChange = Duration.ofNanos(System.nanoTime() - changedAt);
            nextAsk = thread.schedule(
                    this::ask, PollPace.next(settled(), sinceChange).toMillis(), TimeUnit.MILLISECONDS);
        }

        private boolean settled() {
            NodeStatus last = answers.get(podUid);
            return failures == 0
                    && ready
                    && last != null
                    && last.configHash().equals(wanted.configHash())
                    && last.connected().containsAll(wanted.neighbours())
                    && hasItsCertificate(last);
        }

        private boolean hasItsCertificate(NodeStatus last) {
            ObservedServer says = new ObservedServer(Optional.empty(), Optional.empty(), Optional.of(last));
            return says.has(wanted.credentials()) && says.hasOneThatEnds(wanted.certificateEnds());
        }

        private void changed(String what) {
            changedAt = System.nanoTime();
            LOG.atDebug()
                    .addKeyValue("herd", herd)
                    .addKeyValue("server", wanted.name())
                    .addKeyValue("is", what)
                    .log("node.status-changed");
            events.propagateEvent(herd);
        }
    }
}
