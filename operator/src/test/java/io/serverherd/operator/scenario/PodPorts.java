package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetSocketAddress;

/** How a test gets to a port of a pod. */
@FunctionalInterface
public interface PodPorts {

    /** Where to connect to, from the machine of the test. */
    InetSocketAddress address(Pod pod, int port);

    /** To pods that are processes of this machine, at their own addresses. */
    static PodPorts direct() {
        return (pod, port) -> new InetSocketAddress(pod.getStatus().getPodIP(), port);
    }
}
