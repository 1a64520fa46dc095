package io.serverherd.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param environment the whole environment: nothing of this process's own is inherited, as in a container
 * @param workingDirectory must exist
 */
public record ProcessSpec(List<String> command, Map<String, String> environment, Path workingDirectory) {

    public ProcessSpec {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a process needs a command");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
