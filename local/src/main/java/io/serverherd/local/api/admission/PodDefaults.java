package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import java.util.stream.Stream;

/** Defaults of a pod's spec, in pods and in the templates of sets alike. */
final class PodDefaults {

    /** rw-r--r--, in decimal as JSON has it. */
    private static final int FILE_MODE = 0644;

    private PodDefaults() {}

    static void complete(ObjectNode spec) {
        Defaults.text(spec, "restartPolicy", "Always");
        Defaults.text(spec, "dnsPolicy", "ClusterFirst");
        Defaults.text(spec, "schedulerName", "default-scheduler");
        Defaults.number(spec, "terminationGracePeriodSeconds", 30);
        Json.child(spec, "securityContext");
        if (spec.has("serviceAccountName")) {
            spec.set("serviceAccount", spec.path("serviceAccountName")); // its old name, kept beside it
        }
        Stream.of("initContainers", "containers")
                .flatMap(list -> Defaults.each(spec.path(list)))
                .forEach(PodDefaults::completeContainer);
        Defaults.each(spec.path("volumes")).forEach(PodDefaults::completeVolume);
    }

    private static void completeContainer(ObjectNode container) {
        Defaults.text(
                container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        Json.child(container, "resources");
        Defaults.each(container.path("ports")).forEach(port -> Defaults.text(port, "protocol", "TCP"));
        Stream.of("livenessProbe", "readinessProbe", "startupProbe").forEach(probe -> {
            if (container.get(probe) instanceof ObjectNode present) {
                completeProbe(present);
            }
        });
        Stream.of("/lifecycle/preStop/httpGet", "/lifecycle/postStart/httpGet")
                .forEach(action -> completeHttp(container.at(action)));
        Defaults.each(container.path("env"))
                .map(variable -> variable.at("/valueFrom/fieldRef"))
                .forEach(reference -> {
                    if (reference instanceof ObjectNode present) {
                        Defaults.text(present, "apiVersion", "v1");
                    }
                });
    }

    private static void completeHttp(JsonNode action) {
        if (action instanceof ObjectNode http) {
            Defaults.text(http, "scheme", "HTTP");
            Defaults.text(http, "path", "/");
        }
    }

    /** A tag that moves is pulled each time. */
    private static String pullPolicy(String image) {
        String afterHost = image.substring(image.lastIndexOf('/') + 1);
        boolean moving = !afterHost.contains(":") && !afterHost.contains("@") || afterHost.endsWith(":latest");
        return moving ? "Always" : "IfNotPresent";
    }

    private static void completeProbe(ObjectNode probe) {
        Defaults.number(probe, "timeoutSeconds", 1);
        Defaults.number(probe, "periodSeconds", 10);
        Defaults.number(probe, "successThreshold", 1);
        Defaults.number(probe, "failureThreshold", 3);
        completeHttp(probe.path("httpGet"));
    }

    private static void completeVolume(ObjectNode volume) {
        Stream.of("configMap", "secret", "downwardAPI", "projected").forEach(source -> {
            if (volume.get(source) instanceof ObjectNode files) {
                Defaults.number(files, "defaultMode", FILE_MODE);
            }
        });
    }
}
