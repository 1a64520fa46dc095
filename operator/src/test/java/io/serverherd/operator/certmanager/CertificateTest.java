package io.serverherd.operator.certmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.observe.LeanObjects;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** As cert-manager writes it, with what the operator does not know of. */
class CertificateTest {
    @Test
    void oneThatNobodyHasLookedAtIsNotIssued() {
        Certificate fresh = read("");

        assertThat(fresh.ready()).isFalse();
        assertThat(fresh.ends()).isEmpty();
        assertThat(fresh.awaits()).isEqualTo("cert-manager has not looked at it yet");
    }

    @Test
    void anIssuedOneSaysWhenItEnds() {
        Certificate issued = read("""
                status:
                  notAfter: "2026-12-22T23:54:41Z"
                  revision: 3
                  conditions:
                  - {type: Ready, status: "True", reason: Ready, message: up to date, observedGeneration: 2,
                     lastTransitionTime: "2026-11-22T23:54:41Z"}
                """);

        assertThat(issued.ready()).isTrue();
        assertThat(issued.ends()).contains(Instant.parse("2026-12-22T23:54:41Z"));
        assertThat(issued.getSpec().issuerRef().kind()).isEqualTo("ClusterIssuer");
    }

    @Test
    void oneThatWasIssuedAsItIsNoMoreAskedForIsAwaited() {
        Certificate changed = read("""
                status:
                  notAfter: "2026-12-22T23:54:41Z"
                  conditions:
                  - {type: Ready, status: "True", reason: Ready, message: up to date, observedGeneration: 1}
                """);

        assertThat(changed.ready()).isFalse();
        assertThat(changed.awaits()).isEqualTo("cert-manager has not looked at it yet");
    }

    @Test
    void whatWentWrongLastSaysMoreThanThatThereIsNone() {
        Certificate failing = read("""
                status:
                  conditions:
                  - {type: Ready, status: "False", reason: DoesNotExist, message: no Secret, observedGeneration: 2}
                  - {type: Issuing, status: "False", reason: Failed, message: the issuer said no, observedGeneration: 2}
                """);

        assertThat(failing.ready()).isFalse();
        assertThat(failing.awaits()).isEqualTo("Failed: the issuer said no");
        assertThat(read("""
                status:
                  conditions:
                  - {type: Ready, status: "False", reason: DoesNotExist, message: no Secret}
                  - {type: Issuing, status: "True", reason: DoesNotExist, message: on it}
                """).awaits()).isEqualTo("DoesNotExist: no Secret");
    }

    private static Certificate read(String status) {
        return LeanObjects.serialization().unmarshal("""
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: h-a-peer-cert, generation: 2}
                spec:
                  secretName: h-a-peer-cert
                  issuerRef: {name: ca, kind: ClusterIssuer}
                  commonName: somebody-added-it
                """ + status, Certificate.class);
    }
}
