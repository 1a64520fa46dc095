package io.serverherd.operator.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What starting one of the project's jars takes. */
final class JavaProcesses {
    private JavaProcesses() {}

    /** Starts the jar as it is. */
    static ProcessBuilder jar(Path jar) {
        return jar(jar, List.of());
    }

    /** Starts the jar on this JVM's JDK, quickly: the tests share two cores with everything they start. */
    static ProcessBuilder jar(Path jar, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
