package io.serverherd.operator.desired;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One server that is wanted.
 *
 * @param name       as in the spec
 * @param setName    of its StatefulSet and ConfigMap
 * @param neighbours names, in rising order
 * @param encrypted  neighbours to which it is to speak TLS
 * @param configHash SHA-256 of the {@code herd.json} it should run, in hexadecimal
 * @param credentials with which it is to speak TLS; empty: with any, or none
 * @param certificateEnds when the certificate ends with which it is to speak TLS: all that is known of one that the operator has
 *                        not made; empty: with any, or none
 */
public record DesiredServer(
        String name,
        String setName,
        SortedSet<String> neighbours,
        SortedSet<String> encrypted,
        String configHash,
        Optional<CredentialHashes> credentials,
        Optional<Instant> certificateEnds) {

    /** The same server, as far as what it is to show could be stored: nobody takes what is not there. */
    public DesiredServer withStored(Optional<CredentialHashes> stored) {
        return new DesiredServer(
                name,
                setName,
                neighbours,
                encrypted,
                configHash,
                credentials.flatMap(wanted -> stored),
                certificateEnds);
    }

    /** Of its records, where the herd has storage: named by the StatefulSet controller. */
    public String claimName() {
        return ServerData.VOLUME + "-" + podName();
    }

    public String podName() {
        return setName + "-0";
    }

    /** Of all the files it should have by now: another one whenever one of them is. */
    public String filesHash() {
        return credentials
                .map(files -> files.certificate() + files.trust())
                .or(() -> certificateEnds.map(Instant::toString))
                .map(certificate -> Sha256.hex(configHash + certificate))
                .orElse(configHash);
    }
}
