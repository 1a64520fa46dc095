package io.serverherd.operator.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** What starting one of the project's jars takes. */
final class JavaProcesses {
    private JavaProcesses() {}

    /** Starts the jar on this JVM's JDK, quickly: the tests share two cores with everything they start. */
    static ProcessBuilder jar(Path jar) {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
