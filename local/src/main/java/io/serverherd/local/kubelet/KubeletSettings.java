package io.serverherd.local.kubelet;

import io.serverherd.local.process.ProcessLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How a kubelet runs pods.
 *
 * @param stateFolder everything it writes is below
 * @param podNetwork loopback network of pod addresses, such as {@code 127.0.1.0}
 * @param outsideNames host names beyond the pods' that pods can resolve
 * @param volumeSync how long a change of a ConfigMap or Secret takes at most to reach a pod that nobody touches
 */
public record KubeletSettings(
        Path stateFolder,
        String podNetwork,
        Images images,
        ProcessLedger ledger,
        List<String> outsideNames,
        Duration volumeSync,
        Clock clock) {

    /** As a real one, which is why a writer who is in a hurry touches the pod. */
    public static final Duration VOLUME_SYNC = Duration.ofSeconds(75);

    static final String NODE_NAME = "local";
    static final String HOST_IP = "127.0.0.1";

    Path podsFolder() {
        return stateFolder.resolve("pods");
    }

    /** Claims outlive pods. */
    Path claimsFolder() {
        return stateFolder.resolve("claims");
    }

    Path hostsFile() {
        return stateFolder.resolve("hosts");
    }

    public Path logsFolder() {
        return stateFolder.resolve("logs");
    }
}
