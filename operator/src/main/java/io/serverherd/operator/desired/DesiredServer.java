package io.serverherd.operator.desired;

import java.util.SortedSet;

/**
 * One server that is wanted.
 *
 * @param name       as in the spec
 * @param setName    of its StatefulSet and ConfigMap
 * @param neighbours names, in rising order
 * @param configHash SHA-256 of the {@code herd.json} it should run, in hexadecimal
 */
public record DesiredServer(String name, String setName, SortedSet<String> neighbours, String configHash) {

    /** Of its records, where the herd has storage: named by the StatefulSet controller. */
    public String claimName() {
        return ServerData.VOLUME + "-" + podName();
    }

    public String podName() {
        return setName + "-0";
    }
}
