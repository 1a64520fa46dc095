package io.serverherd.local;

import io.serverherd.local.run.LocalRun;
import io.serverherd.local.run.RunException;
import io.serverherd.local.run.RunSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code make run}: a herd on this machine, without a cluster. See {@link RunSettings#HELP}. */
public final class LocalMain {

    private static final int EXIT_REFUSED = 2;

    private LocalMain() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length == 0) {
            run();
        } else if (args[0].equals("--help")) {
            System.out.print(RunSettings.HELP);
        } else {
            System.err.println("herd-local: unknown argument \"" + args[0] + "\"; there is --help");
            System.exit(EXIT_REFUSED);
        }
    }

    private static void run() throws InterruptedException {
        try {
            RunSettings settings = RunSettings.from(System.getenv());
            logTo(settings.home().resolve("local.log"));
            run(settings);
        } catch (RunException e) {
            System.err.println("make run: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(RunSettings settings) throws RunException, InterruptedException {
        LocalRun run = new LocalRun(settings, System.getenv(), System.out);
        AtomicInteger exitCode = new AtomicInteger();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            run.close();
                            // The JVM's own code after Ctrl-C is 130; to end a run is no failure.
                            Runtime.getRuntime().halt(exitCode.get());
                        },
                        "end"));
        try {
            run.start();
        } catch (RunException e) {
            exitCode.set(1);
            throw e;
        }
        new CountDownLatch(1).await();
    }

    /** Before the first logger: the screen is for what a person follows, the rest is for looking things up. */
    private static void logTo(Path file) {
        System.setProperty("herd.local.log", file.toAbsolutePath().toString());
        System.setProperty("logback.configurationFile", "io/serverherd/local/logback-run.xml");
    }
}
