package io.serverherd.operator.ops;

/** Why an event is told; the spelling is the event's {@code reason}. */
public enum EventReason {
    Created(Type.Normal),
    TopologyChanged(Type.Normal),
    ReplacingPod(Type.Normal),
    Ready(Type.Normal),
    TopologyConverged(Type.Normal),
    PlacesKeyLoaded(Type.Normal),
    PeerAuthorityMade(Type.Normal),
    PeerAuthorityChanging(Type.Normal),
    PeerAuthorityChanged(Type.Normal),
    NotReady(Type.Warning),
    TopologyBroken(Type.Warning),
    PlacesKeyUnavailable(Type.Warning),
    PlacesBudgetExhausted(Type.Warning),
    SpecRefused(Type.Warning),
    PeerAuthorityExpired(Type.Warning),
    PeerTlsNotPermitted(Type.Warning),
    CertManagerMissing(Type.Warning),
    ClientTlsNotPermitted(Type.Warning),
    ClientTlsUnavailable(Type.Warning),
    PeerCertificatesRefused(Type.Warning),
    NameConflict(Type.Warning),
    ApplyFailed(Type.Warning);

    /** Spelled as Kubernetes does. */
    enum Type {
        Normal,
        Warning
    }

    private final Type type;

    EventReason(Type type) {
        this.type = type;
    }

    Type type() {
        return type;
    }
}
