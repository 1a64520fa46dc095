package io.serverherd.local.run;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How to talk to a herd that runs here, as lines to copy. */
final class Conversation {

    private static final String UCLA = "+34.068930-118.445127";

    private Conversation() {}

    /** @return address of the herd's first pod that has one, by name */
    static String addressOf(KubernetesClient client, String herd) {
        return client
                .pods()
                .inNamespace("default")
                .withLabels(Map.of("serverherd.io/herd", herd))
                .list()
                .getItems()
                .stream()
                .sorted((a, b) ->
                        a.getMetadata().getName().compareTo(b.getMetadata().getName()))
                .map(Pod::getStatus)
                .map(status -> status == null ? null : status.getPodIP())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("127.0.1.1");
    }

    /** @param path as the environment variable PATH */
    static boolean isOnPath(String program, String path) {
        return Arrays.stream(Objects.requireNonNullElse(path, "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static List<String> lines(Path kubeconfig, String herd, String address, boolean kubectl, Instant now) {
        List<String> direct = List.of(
                "",
                "Talk to a server (any of them), and paste:",
                "  nc %s 12000".formatted(address),
                "  IAMAT kiwi.cs.ucla.edu %s %d.%09d".formatted(UCLA, now.getEpochSecond(), now.getNano()),
                "  WHATSAT kiwi.cs.ucla.edu 10 5",
                "");
        if (!kubectl) {
            return concat(
                    List.of("", "There is no kubectl on the PATH; with it you could edit the herd while it runs."),
                    direct);
        }
        return concat(
                List.of(
                        "",
                        "In another terminal:",
                        "  export KUBECONFIG=%s".formatted(kubeconfig.toAbsolutePath()),
                        "  kubectl get herd -w",
                        "  kubectl edit herd %s".formatted(herd),
                        "  kubectl port-forward sts/%s-alford 12000".formatted(herd)),
                direct);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
