package io.serverherd.bench.micro;

import io.serverherd.bench.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What single operations of the node take: time, and bytes of the heap, of which those on the hot path may take none. */
public final class Operations {
    static final List<Class<?>> HOT = List.of(Parsing.class, Replying.class, Storing.class, Flooding.class);
    static final List<Class<?>> OTHERS = List.of(Reconciling.class);

    private static final List<String> HEAD = List.of("operation", "ns", "±", "bytes allocated", "allowed", "met");
    /** What the harness itself allocates now and then, by so many operations. */
    private static final double NOTHING = 0.5;

    /** The last lets JMH have its way with Unsafe where that is warned of, and older JVMs ignore it. */
    private static final String[] JVM = {
        "-XX:+UseSerialGC",
        "-Xms1g",
        "-Xmx1g",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--sun-misc-unsafe-memory-access=allow"
    };

    private final Path java;

    public Operations(Path java) {
        this.java = java;
    }

    /** Returns whether everything on the hot path does without the heap. */
    public boolean measure(Report report) throws RunnerException {
        List<List<String>> rows = new ArrayList<>();
        boolean met = true;
        for (Class<?> each : HOT) {
            met &= add(rows, each, true, report);
        }
        for (Class<?> each : OTHERS) {
            add(rows, each, false, report);
        }
        report.table(HEAD, rows);
        return met;
    }

    private boolean add(List<List<String>> rows, Class<?> benchmarks, boolean hot, Report report)
            throws RunnerException {
        boolean met = true;
        for (RunResult result : run(options(benchmarks).forks(1).jvm(java.toString()))) {
            Result<?> time = result.getPrimaryResult();
            boolean none = allocated(result) < NOTHING;
            met &= none;
            rows.add(Report.row(
                    name(result),
                    Report.number(time.getScore()),
                    Report.number(time.getScoreError()),
                    none ? "0" : Report.number(allocated(result)),
                    hot ? "0" : "",
                    hot ? none ? "yes" : "NO" : ""));
            report.progress(
                    "%s: %s ns, %s bytes allocated",
                    name(result), Report.number(time.getScore()), Report.number(allocated(result)));
        }
        return met;
    }

    private static ChainedOptionsBuilder options(Class<?> benchmarks) {
        return new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .jvmArgs(JVM)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    /** Each for a moment, in this process. */
    static Collection<RunResult> tried(Class<?> benchmarks) throws RunnerException {
        return run(options(benchmarks)
                .forks(0)
                .param("clients", "1000")
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(20))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20)));
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    /** Bytes an operation. */
    static double allocated(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    private static String name(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.");
        String clients = result.getParams().getParamsKeys().stream()
                .map(key -> ", "
                        + Report.number(Double.parseDouble(result.getParams().getParam(key))) + " " + key)
                .collect(Collectors.joining());
        return path[path.length - 2] + "." + path[path.length - 1] + clients;
    }
}
