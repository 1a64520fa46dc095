package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import io.serverherd.operator.desired.CertificateMakers.Stage;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateMakersTest {
    private static final IssuerRef BEFORE = new IssuerRef("before", null, null);
    private static final IssuerRef NOW = new IssuerRef("now", null, null);

    /** What is there: {@code links} that are encrypted, the {@code operator}'s and cert-manager's certificates, and all of them. */
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Managed | nothing | operator",
                "Managed | links operator operator-done | operator",
                "Managed | links issuer issuer-done | operator before",
                "Managed | links issuer issuer-done operator | operator before",
                "Managed | links issuer issuer-done operator operator-done | operator",
                "CertManager | nothing | now",
                "CertManager | issuer | now",
                "CertManager | links issuer issuer-done | now",
                "CertManager | links operator operator-done | operator now",
                "CertManager | links operator operator-done issuer | operator now",
                "CertManager | links operator operator-done issuer issuer-done | now",
                "Disabled | nothing | nobody",
                "Disabled | operator issuer | nobody",
                "Disabled | links operator operator-done | operator",
                "Disabled | links issuer issuer-done | before",
                "Disabled | links issuer operator | operator before",
                // Somebody has deleted all of them meanwhile, or the operator that is to make them may not.
                "Disabled | links | nobody",
            })
    void whoMakesCertificates(String mode, String there, String makers) {
        IssuerRef wanted = mode.equals(PeerTlsSpec.CERT_MANAGER) ? NOW : null;
        Set<String> is = Set.of(there.split(" "));

        CertificateMakers found = CertificateMakers.of(
                new PeerTlsSpec(mode, wanted),
                new Stage(
                        is.contains("links"),
                        is.contains("operator"),
                        is.contains("operator-done"),
                        is.contains("issuer") ? Optional.of(BEFORE) : Optional.empty(),
                        is.contains("issuer-done")));

        Set<String> expected = Set.of(makers.split(" "));
        assertThat(found.operator()).isEqualTo(expected.contains("operator"));
        assertThat(found.issuer())
                .isEqualTo(
                        expected.contains("now")
                                ? Optional.of(NOW)
                                : expected.contains("before") ? Optional.of(BEFORE) : Optional.empty());
    }
}
