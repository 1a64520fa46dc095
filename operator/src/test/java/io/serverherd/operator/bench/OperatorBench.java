package io.serverherd.operator.bench;

import io.serverherd.operator.scenario.LocalClusterUnderTest;
import io.serverherd.operator.scenario.RealCluster;
import io.serverherd.operator.scenario.RealClusterUnderTest;
import java.nio.file.Path;

/** Measures the operator and prints tables; {@code make bench-operator} starts it, in the folder of the module. */
public final class OperatorBench {

    /** Done one after the other, each in a namespace of its own. */
    @FunctionalInterface
    private interface Measurement {
        void run() throws Exception;
    }

    private final Settings settings;
    private final Report report;

    private OperatorBench(Settings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.read();
        String cluster = settings.real() ? "the cluster of KUBECONFIG" : "the local API";
        Report report = new Report("Operator on " + cluster + ", measured on " + Machine.describe() + ".");
        OperatorBench bench = new OperatorBench(settings, report);
        if (settings.real()) {
            bench.onTheRealOne();
        } else {
            bench.locally();
        }
        report.publish(Path.of("target", settings.real() ? "bench-operator-cluster.md" : "bench-operator-local.md"));
        // The clients' threads would go on.
        System.exit(0);
    }

    private void locally() throws Exception {
        LocalClusterUnderTest cluster = LocalClusterUnderTest.start();
        try {
            common(new Bench(cluster, settings, report));
        } finally {
            cluster.close();
        }
    }

    private void onTheRealOne() throws Exception {
        try (RealCluster real = new RealCluster()) {
            RealClusterUnderTest cluster = new RealClusterUnderTest(real);
            try {
                Bench bench = new Bench(cluster, settings, report);
                InstalledOperator operator = new InstalledOperator(bench.client(), real.hostShell());
                // Real nodes take no new pods while there are fake ones, and fake ones would take those of the others.
                if (settings.fakeNodes().isEmpty()) {
                    common(bench);
                    measure("memory", new TenHerds(bench, operator)::run);
                }
                measure("fleet", new Fleet(bench, operator)::run);
            } finally {
                cluster.close();
            }
        }
    }

    private void common(Bench bench) throws Exception {
        measure("edges", new EdgeEdits(bench)::run);
        measure("herds", new NewHerds(bench)::run);
        measure("starts", new OperatorStarts(bench)::run);
        measure("big", new BigHerd(bench)::run);
    }

    private void measure(String name, Measurement measurement) throws Exception {
        if (settings.wants(name)) {
            System.out.println(name);
            measurement.run();
        }
    }
}
