package io.serverherd.bench.load;

import io.serverherd.bench.load.NodeServer.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Five servers in a ring, all on the servers' processor. Clients report to the first, and each report is flooded to all:
 *
 * <pre>
 * Alford ── Hamilton ── Holiday ── Ball ── Welsh ── Alford
 * </pre>
 */
public final class HerdOfFive implements Candidate {
    /** Their names, in the order of the ring. */
    public static final List<String> RING = List.of("Alford", "Hamilton", "Holiday", "Ball", "Welsh");
    /** In tenths of a second. */
    private static final int PATIENCE = 300;

    private final String name;
    private final List<NodeServer> nodes = new ArrayList<>();

    /** Returns when all links are up. */
    public HerdOfFive(NodeProgram program, Processors processors, Path folder) throws IOException {
        name = program.name() + ", herd";
        List<Place> places = Place.free(RING);
        try {
            for (int i = 0; i < places.size(); i++) {
                Place next = places.get((i + 1) % places.size());
                Place last = places.get((i + places.size() - 1) % places.size());
                Path own = program.folder(folder).resolve(places.get(i).server());
                nodes.add(new NodeServer(
                        program, processors, own, places.get(i), NodeServer.herdJson(List.of(next, last))));
            }
            for (NodeServer node : nodes) {
                node.awaitReady();
                node.awaitLinks(2);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Record lines between the servers for each report that was accepted, since the start; the ring needs 6. */
    public double linesPerReport() throws IOException {
        double lines = 0;
        for (NodeServer node : nodes) {
            lines += node.metric("serverherd_records_flooded_total");
        }
        return lines / nodes.get(0).metric("serverherd_records_total{result=\"stored\"}");
    }

    /**
     * Waits until all servers hold the same.
     *
     * @throws WrongReplyException when they don't in 30 s
     */
    public void awaitEqual() throws IOException, InterruptedException {
        for (int i = 0; held().stream().distinct().count() > 1; i++) {
            if (i == PATIENCE) {
                throw new WrongReplyException("30 s after the load the servers hold different records: " + held());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private List<String> held() throws IOException {
        List<String> held = new ArrayList<>();
        for (NodeServer node : nodes) {
            held.add(node.held());
        }
        return held;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return nodes.get(0).address();
    }

    @Override
    public Dialogue dialogue() {
        return nodes.get(0).dialogue();
    }

    @Override
    public List<ProcessHandle> processes() {
        return nodes.stream().flatMap(node -> node.processes().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        for (NodeServer node : nodes) {
            node.close();
        }
    }
}
