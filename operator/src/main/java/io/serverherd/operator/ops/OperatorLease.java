package io.serverherd.operator.ops;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.serverherd.operator.desired.Labels;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The Lease that says which operator leads. A write is refused when another came first; every method throws
 * {@link KubernetesClientException}, after {@link #REQUEST_TIMEOUT} at the latest.
 */
final class OperatorLease {
    /** A late answer is worth nothing, and a second try is the caller's. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final String namespace;
    private final String holder;
    private final Duration duration;

    /** @param duration after which, not renewed, it is anybody's */
    OperatorLease(KubernetesClient client, String namespace, String holder, Duration duration) {
        this.client = client.newClient(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .adapt(KubernetesClient.class);
        this.namespace = namespace;
        this.holder = holder;
        this.duration = duration;
    }

    Optional<Lease> get() {
        return Optional.ofNullable(
                client.leases().inNamespace(namespace).withName(Labels.OPERATOR).get());
    }

    Lease create() {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(Labels.OPERATOR)
                .endMetadata()
                .build();
        return client.resource(heldByThis(lease)).create();
    }

    /** Holds on to it, or takes it over. */
    Lease take(Lease seen) {
        return client.resource(heldByThis(seen)).update();
    }

    /** Leaves it to whoever comes first. */
    void release(Lease held) {
        client.resource(new LeaseBuilder(held)
                        .editSpec()
                        .withHolderIdentity(null)
                        .withLeaseDurationSeconds(1)
                        .withRenewTime(now())
                        .endSpec()
                        .build())
                .update();
    }

    boolean isHeldByThis(Lease lease) {
        return holder.equals(holderOf(lease));
    }

    /** Empty: nobody's. */
    static String holderOf(Lease lease) {
        return lease.getSpec() == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    /** How long after its last renewal it is its holder's; of this operator's own length where it does not say. */
    Duration durationOf(Lease lease) {
        if (holderOf(lease).isEmpty()) {
            return Duration.ZERO;
        }
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        return seconds == null ? duration : Duration.ofSeconds(seconds);
    }

    /** Where it is, for messages. */
    @Override
    public String toString() {
        return "Lease " + namespace + "/" + Labels.OPERATOR;
    }

    private Lease heldByThis(Lease seen) {
        ZonedDateTime now = now();
        Lease lease = new LeaseBuilder(seen)
                .editOrNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) duration.toSeconds())
                .withRenewTime(now)
                .endSpec()
                .build();
        if (!isHeldByThis(seen)) {
            Integer transitions = lease.getSpec().getLeaseTransitions();
            lease.getSpec().setLeaseTransitions(transitions == null ? 0 : transitions + 1);
            lease.getSpec().setAcquireTime(now);
        }
        return lease;
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
}
