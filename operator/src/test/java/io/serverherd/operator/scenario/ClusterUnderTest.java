package io.serverherd.operator.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A cluster that knows ServerHerds, with an operator in it. */
public interface ClusterUnderTest {

    KubernetesClient client();

    /** For kubectl. */
    Path kubeconfig();

    PodPorts ports();

    OperatorUnderTest operator();

    /**
     * Starts the operator that was ended; does not wait.
     *
     * @param settings environment beside its own, until it is started again
     */
    OperatorUnderTest startOperator(Map<String, String> settings) throws Exception;

    /**
     * Starts two operators that elect a leader, and returns when both are ready. The cluster's own must have been ended.
     *
     * @param namespace of the herds
     */
    ElectedOperators startElected(String namespace) throws Exception;

    /** Every process of a pod's server, as the kernel would: no last words. What runs pods starts it again. */
    void kill(Pod pod) throws Exception;

    /** An empty namespace of its own. */
    String newNamespace();

    /** Begins it, and does not wait for what is in it to end. */
    void deleteNamespace(String name);

    /** Requests so far, of anybody, that asked the API for a change; empty where nobody counts them. */
    OptionalLong writes();

    /** Ends what was started for the tests of a class. */
    void close() throws Exception;
}
