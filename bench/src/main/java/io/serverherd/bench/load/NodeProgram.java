package io.serverherd.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node to start.
 *
 * @param name        for tables
 * @param java        the program
 * @param options     file of its options; the image's, so that the figures are those that users get
 * @param environment beside what every node is told; {@code SERVER} in a value stands for the server's name
 */
public record NodeProgram(String name, Path java, Path options, Path jar, Map<String, String> environment) {
    /** The same under another name, with one more variable in its environment. */
    public NodeProgram with(String name, String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new NodeProgram(name, java, options, jar, more);
    }

    List<String> command(Processors processors) {
        List<String> command = new ArrayList<>(processors.ofServers());
        command.addAll(List.of(java.toString(), "@" + options, "-jar", jar.toString()));
        return command;
    }

    /** Where it has its configuration and leaves what it prints. */
    Path folder(Path results) {
        return results.resolve(name.replaceAll("[^A-Za-z0-9_-]+", "-"));
    }
}
