package io.serverherd.bench;

import io.serverherd.bench.attack.UnderAttack;
import io.serverherd.bench.load.Candidate;
import io.serverherd.bench.load.Comparison;
import io.serverherd.bench.load.HerdOfFive;
import io.serverherd.bench.load.NodeProgram;
import io.serverherd.bench.load.NodeServer;
import io.serverherd.bench.load.Processors;
import io.serverherd.bench.load.RedisServer;
import io.serverherd.bench.load.Shape;
import io.serverherd.bench.load.TlsClients;
import io.serverherd.bench.load.WrongReplyException;
import io.serverherd.bench.micro.Operations;
import io.serverherd.bench.report.Report;
import io.serverherd.bench.tls.Authority;
import io.serverherd.node.net.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the node and prints tables; {@code make bench} starts it, in the project's folder. */
public final class NodeBench {
    private static final List<Shape> SHAPES =
            List.of(new Shape(50, 16), new Shape(50, 1), new Shape(500, 1), new Shape(1, 1));
    private static final List<Shape> HERD_SHAPES = List.of(new Shape(50, 16), new Shape(50, 1));

    /** A node that can't have it takes epoll, and would be measured under a wrong name. */
    private static final String IO_URING = "HERD_TRANSPORT=io_uring";

    /** Windows of attacks, of which there are many; there is a window without for each one with. */
    private static final int SHORTER = 4;

    private final Settings settings;
    private final Processors processors;
    private final Report report;
    private final Comparison comparison;

    private NodeBench(Settings settings, Processors processors, Report report) {
        this.settings = settings;
        this.processors = processors;
        this.report = report;
        this.comparison = new Comparison(settings.rounds(), settings.window(), settings.warmUp());
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.read();
        if (!settings.defects().isEmpty()) {
            settings.defects().forEach(defect -> System.err.println("make bench: " + defect));
            System.exit(2);
        }
        Processors processors = Processors.ofThisMachine();
        Report report = new Report(
                "The node, measured on %s; %s.".formatted(Machine.describe(settings.java()), processors.describe()));
        try {
            boolean sound = new NodeBench(settings, processors, report).run();
            report.publish(settings.results().resolve("node.md"));
            System.exit(sound ? 0 : 1);
        } catch (WrongReplyException e) {
            System.err.println("make bench: " + e.getMessage() + ": no figures, for they would be worth nothing");
            System.exit(1);
        }
    }

    private boolean run() throws Exception {
        boolean sound = true;
        if (settings.wants(Settings.OPERATIONS)) {
            report.section("Single operations");
            sound = new Operations(settings.java()).measure(report);
        }
        processors.settle();
        if (settings.wants(Settings.LOAD)) {
            report.section("One server");
            load();
        }
        if (settings.wants(Settings.HERD)) {
            report.section("A herd of five");
            herd();
        }
        if (settings.wants(Settings.TLS)) {
            report.section("With TLS");
            tls();
        }
        if (settings.wants(Settings.ATTACKS)) {
            report.section("Under attack");
            sound &= attacks();
        }
        return sound;
    }

    private void load() throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        List<Speed.Pair> pairs = new ArrayList<>();
        try {
            candidates.add(NodeServer.alone(node(), processors, settings.results()));
            boolean reference = Processors.isThere(RedisServer.PROGRAM);
            if (reference) {
                pairs.add(new Speed.Pair(0, candidates.size()));
                candidates.add(new RedisServer(processors, settings.results()));
            } else {
                report.note("SKIPPED: the reference, and the plot with it: redis-server is not installed");
            }
            if (settings.before().isPresent()) {
                pairs.add(new Speed.Pair(0, candidates.size()));
                candidates.add(NodeServer.alone(before(), processors, settings.results()));
            }
            for (NodeProgram variant : variants()) {
                pairs.add(new Speed.Pair(candidates.size(), 0));
                candidates.add(NodeServer.alone(variant, processors, settings.results()));
            }
            Speed speed = new Speed(candidates, pairs);
            speed.measure(comparison, SHAPES, report);
            if (settings.plot().isPresent() && reference) {
                Files.writeString(settings.plot().get(), speed.plot().svg());
            }
        } finally {
            close(candidates);
        }
    }

    private void herd() throws IOException, InterruptedException {
        List<NodeProgram> programs = new ArrayList<>(List.of(node()));
        List<Speed.Pair> pairs = new ArrayList<>();
        if (settings.before().isPresent()) {
            pairs.add(new Speed.Pair(0, programs.size()));
            programs.add(before());
        }
        for (NodeProgram variant : variants()) {
            pairs.add(new Speed.Pair(programs.size(), 0));
            programs.add(variant);
        }
        pairs.add(new Speed.Pair(0, programs.size()));
        herds(programs, List.of(node()), pairs);
    }

    /** @param pairs numbers of herds, and from there on of those that are alone */
    private void herds(List<NodeProgram> programs, List<NodeProgram> alone, List<Speed.Pair> pairs)
            throws IOException, InterruptedException {
        List<HerdOfFive> herds = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        try {
            for (NodeProgram program : programs) {
                herds.add(new HerdOfFive(program, processors, settings.results()));
            }
            for (NodeProgram program : alone) {
                others.add(NodeServer.alone(program, processors, settings.results()));
            }
            List<Candidate> candidates = new ArrayList<>(herds);
            candidates.addAll(others);
            // On one processor, five virtual machines take five times as long to learn.
            Duration warmUp = settings.warmUp().multipliedBy(HerdOfFive.RING.size());
            Comparison patient = new Comparison(settings.rounds(), settings.window(), warmUp);
            new Speed(candidates, pairs).measure(patient, HERD_SHAPES, report);
            for (HerdOfFive herd : herds) {
                herd.awaitEqual();
                report.note(
                        "%s: after the load all five held the same. Record lines for each accepted report: %s; a ring needs 6."
                                .formatted(herd.name(), Report.number(herd.linesPerReport())));
            }
        } finally {
            close(herds);
            close(others);
        }
    }

    /** Links first: native TLS and Java's beside plain ones. Then clients. */
    private void tls() throws IOException, InterruptedException {
        Authority authority = new Authority();
        Path certificates = settings.results().resolve("certificates").toAbsolutePath();
        for (String server : HerdOfFive.RING) {
            authority.certify(NodeServer.HERD, server, certificates.resolve(server));
        }
        String own = certificates.resolve("SERVER").toString();
        NodeProgram links = node().with("node, TLS", "HERD_TLS_DIR", own);
        NodeProgram javas =
                links.with("node, Java's TLS", "JAVA_TOOL_OPTIONS", "-Dio.netty.handler.ssl.noOpenSsl=true");
        herds(List.of(node(), links, javas), List.of(), List.of(new Speed.Pair(1, 0), new Speed.Pair(2, 0)));
        NodeProgram clients = node().with("node, TLS with clients", "HERD_CLIENT_TLS_DIR", own);
        List<Candidate> servers = new ArrayList<>();
        try {
            servers.add(NodeServer.alone(node(), processors, settings.results()));
            servers.add(
                    new TlsClients(NodeServer.alone(clients, processors, settings.results()), authority.ofClients()));
            new Speed(servers, List.of(new Speed.Pair(1, 0))).measure(comparison, HERD_SHAPES, report);
        } finally {
            close(servers);
        }
    }

    private boolean attacks() throws IOException {
        Comparison turns = new Comparison(settings.rounds(), settings.window().dividedBy(SHORTER), settings.warmUp());
        return new UnderAttack(turns, settings.stall(), settings.patience())
                .measure(program("node, attacked", Settings.NODE, Map.of()), processors, settings.results(), report);
    }

    private static void close(List<? extends Candidate> candidates) throws IOException {
        for (Candidate candidate : candidates) {
            candidate.close();
        }
    }

    private NodeProgram node() {
        return program("node", Settings.NODE, Map.of());
    }

    private NodeProgram before() {
        return program("before", settings.before().orElseThrow(), Map.of());
    }

    private List<NodeProgram> variants() {
        List<NodeProgram> variants = new ArrayList<>();
        for (String variant : settings.variants()) {
            if (variant.equals(IO_URING) && !Transport.IO_URING.isAvailable()) {
                report.note("SKIPPED: io_uring: this kernel does not offer it");
            } else {
                String[] setting = variant.split("=", 2);
                String name = setting[0].replaceFirst("^HERD_", "").toLowerCase(Locale.ROOT) + '=' + setting[1];
                variants.add(program("node, " + name, Settings.NODE, Map.of(setting[0], setting[1])));
            }
        }
        return variants;
    }

    private NodeProgram program(String name, Path jar, Map<String, String> environment) {
        return new NodeProgram(name, settings.java(), Settings.OPTIONS, jar, environment);
    }
}
