package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A cluster that knows ServerHerds, with an operator in it. */
interface ClusterUnderTest {

    KubernetesClient client();

    /** For kubectl. */
    Path kubeconfig();

    PodPorts ports();

    OperatorUnderTest operator();

    /**
     * Starts the operator that was ended; does not wait.
     *
     * @param defaultImage of herds that name none: another one is what a newer operator has
     */
    OperatorUnderTest startOperator(String defaultImage) throws Exception;

    /** An empty namespace of its own; it goes with the cluster, or with {@link #close}. */
    String newNamespace();

    /** Requests so far, of anybody, that asked the API for a change; empty where nobody counts them. */
    OptionalLong writes();

    /** Ends what was started for the tests and removes what they made. */
    void close() throws Exception;
}
