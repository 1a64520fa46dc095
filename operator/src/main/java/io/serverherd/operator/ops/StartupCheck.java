package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.serverherd.operator.api.ServerHerd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Before anything is watched: is there an API, does it know ServerHerds, may this operator read what it has to? */
public final class StartupCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartupCheck.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final List<Class<? extends HasMetadata>> kinds;
    private volatile Optional<String> problem = Optional.of("starting");

    /** @param namespaces empty: all */
    public StartupCheck(KubernetesClient client, Set<String> namespaces, List<Class<? extends HasMetadata>> kinds) {
        this.client = client;
        this.namespaces = namespaces;
        this.kinds = kinds;
    }

    /**
     * Returns when all is there; until then says what is missing, and looks again.
     *
     * @throws InterruptedException when the process is being ended
     */
    public void await() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (problem = look(); problem.isPresent(); problem = look()) {
            LOG.atWarn()
                    .addKeyValue("problem", problem.get())
                    .addKeyValue("retryMs", pause.toMillis())
                    .log("start.waiting");
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }

    /** What is missing; empty when nothing is. */
    public Optional<String> problem() {
        return problem;
    }

    private Optional<String> look() {
        for (Class<? extends HasMetadata> kind : kinds) {
            try {
                list(kind);
            } catch (KubernetesClientException e) {
                return Optional.of(explain(kind, e));
            }
        }
        return Optional.empty();
    }

    private void list(Class<? extends HasMetadata> kind) {
        if (namespaces.isEmpty()) {
            client.resources(kind)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
        }
        for (String namespace : namespaces) {
            client.resources(kind)
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
        }
    }

    private String explain(Class<? extends HasMetadata> kind, KubernetesClientException e) {
        String plural = HasMetadata.getFullResourceName(kind);
        String where = namespaces.isEmpty() ? "all namespaces" : "namespaces " + namespaces;
        String server = "the API server at " + client.getMasterUrl();
        if (e.getCode() <= 0) {
            return "no answer from " + server + " (" + rootCause(e) + "): is KUBECONFIG right?";
        }
        return switch (e.getCode()) {
            case 404 ->
                kind == ServerHerd.class
                        ? "the API server does not know ServerHerds: kubectl apply -f crds/"
                        : "the API server does not know " + plural;
            case 401 -> server + " does not accept the operator's credentials";
            case 403 ->
                "the operator may not list " + plural + " in " + where
                        + ": grant it get, list and watch, or set OPERATOR_WATCH_NAMESPACES to namespaces where it may";
            default -> server + " answered " + e.getCode() + ": " + e.getMessage();
        };
    }

    private static String rootCause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
