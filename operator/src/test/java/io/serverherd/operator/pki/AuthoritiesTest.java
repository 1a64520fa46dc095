package io.serverherd.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.operator.pki.Authorities.Step;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ServerIdentity ALFORD =
            new ServerIdentity("cluster.local", "prod", "ring", "Alford", "ring-alford-0.ring-peers.prod.svc");
    private static final Predicate<String> NOWHERE = trust -> false;
    private static final Predicate<String> EVERYWHERE = trust -> true;

    private final Authorities first = advanced(Authorities.of(Map.of()), NOW, NOWHERE, false, Step.MADE);

    @Test
    void aHerdWithoutAnAuthorityIsGivenOneForAYear() {
        KeyedCertificate signing = first.signing().orElseThrow();

        assertThat(signing.certificate().getBasicConstraints()).isZero();
        assertThat(signing.isValidAt(NOW.minus(Duration.ofMinutes(10)))).isTrue();
        assertThat(signing.isValidAt(NOW.plus(Duration.ofDays(364)))).isTrue();
        assertThat(signing.isValidAt(NOW.plus(Duration.ofDays(365)))).isFalse();
        assertThat(first.advance(NOW, EVERYWHERE, true)).isEmpty();
    }

    @Test
    void whatIsStoredIsReadBack() {
        Authorities both = advanced(first, NOW.plus(Duration.ofDays(250)), NOWHERE, false, Step.NEXT_MADE);

        assertThat(Authorities.of(both.data()).data()).isEqualTo(both.data());
        assertThat(both.data()).containsOnlyKeys("ca.crt", "ca.key", "next-ca.crt", "next-ca.key");
    }

    @Test
    void aServersCertificateSaysWhoItIsAndIsTrusted() throws Exception {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);

        X509Certificate certificate = certificates(issued.certificate()).get(0);
        mustBeTrusted(issued, first.trust(), NOW);
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(6, "spiffe://cluster.local/ns/prod/herd/ring/server/Alford"),
                        List.of(2, "ring-alford-0.ring-peers.prod.svc"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(certificate.getNotBefore()).isBefore(Date.from(NOW.minus(Duration.ofMinutes(10))));
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void aGoodCertificateIsKeptUntilAThirdOfItsLifeIsLeft() {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);

        assertThat(ServerCertificate.keptOrIssued(issued.data(), ALFORD, first, NOW.plus(Duration.ofDays(19))))
                .isEqualTo(issued);
        assertThat(ServerCertificate.keptOrIssued(issued.data(), ALFORD, first, NOW.plus(Duration.ofDays(20)))
                        .certificate())
                .isNotEqualTo(issued.certificate());
    }

    @Test
    void aCertificateOfAnotherServerOrHerdOrAuthorityIsIssuedAnew() {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);
        ServerIdentity ball = new ServerIdentity("cluster.local", "prod", "ring", "Ball", ALFORD.host());
        Authorities other = advanced(Authorities.of(Map.of()), NOW, NOWHERE, false, Step.MADE);

        assertThat(ServerCertificate.keptOrIssued(issued.data(), ball, first, NOW)
                        .certificate())
                .isNotEqualTo(issued.certificate());
        assertThat(ServerCertificate.keptOrIssued(issued.data(), ALFORD, other, NOW)
                        .certificate())
                .isNotEqualTo(issued.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void whatIsDamagedIsMadeAnew(String damaged) {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);
        for (String file : issued.data().keySet()) {
            Map<String, String> data = new java.util.HashMap<>(issued.data());
            data.put(file, damaged);

            ServerCertificate mended = ServerCertificate.keptOrIssued(data, ALFORD, first, NOW);

            assertThat(ServerCertificate.keptOrIssued(mended.data(), ALFORD, first, NOW))
                    .isEqualTo(mended);
            assertThat(mended.trust()).isEqualTo(issued.trust());
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsNotKept() {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);
        ServerCertificate another = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);
        Map<String, String> mixed = Map.of("tls.crt", issued.certificate(), "tls.key", another.key());

        assertThat(ServerCertificate.keptOrIssued(mixed, ALFORD, first, NOW).certificate())
                .isNotEqualTo(issued.certificate());
    }

    @Test
    void anAuthorityHandsOverInStepsThatAllHaveTaken() throws Exception {
        Instant due = NOW.plus(Duration.ofDays(245));
        ServerCertificate old = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, due);
        assertThat(first.advance(NOW.plus(Duration.ofDays(240)), EVERYWHERE, true))
                .isEmpty();

        Authorities both = advanced(first, due, EVERYWHERE, true, Step.NEXT_MADE);
        assertThat(certificates(both.trust())).hasSize(2);
        assertThat(ServerCertificate.keptOrIssued(old.data(), ALFORD, both, due).certificate())
                .as("no certificate changes before all trust the next one")
                .isEqualTo(old.certificate());
        assertThat(both.advance(due, NOWHERE, true)).isEmpty();

        Authorities handedOver = advanced(both, due, both.trust()::equals, false, Step.NEXT_TOOK_OVER);
        assertThat(handedOver.trust()).isEqualTo(both.trust());
        ServerCertificate renewed = ServerCertificate.keptOrIssued(old.data(), ALFORD, handedOver, due);
        mustBeTrusted(old, renewed.trust(), due);
        mustBeTrusted(renewed, both.trust(), due);
        assertThat(handedOver.advance(due, EVERYWHERE, false)).isEmpty();

        Authorities after = advanced(handedOver, due, EVERYWHERE, true, Step.OLD_DROPPED);
        assertThat(certificates(after.trust())).hasSize(1);
        mustBeTrusted(renewed, after.trust(), due);
        assertThat(after.advance(due, EVERYWHERE, true)).isEmpty();
    }

    @Test
    void anExpiredAuthorityIsReplacedAtOnce() throws Exception {
        Instant late = NOW.plus(Duration.ofDays(400));

        Authorities healed = advanced(first, late, NOWHERE, false, Step.EXPIRED_REPLACED);

        mustBeTrusted(ServerCertificate.keptOrIssued(Map.of(), ALFORD, healed, late), healed.trust(), late);
        assertThat(certificates(healed.trust())).hasSize(1);
        assertThat(healed.advance(late, NOWHERE, false)).isEmpty();
    }

    @Test
    void aServersCertificateDoesNotOutliveItsAuthority() throws Exception {
        ServerCertificate issued =
                ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW.plus(Duration.ofDays(360)));

        assertThat(certificates(issued.certificate()).get(0).getNotAfter())
                .isEqualTo(first.signing().orElseThrow().certificate().getNotAfter());
    }

    /** Nothing better can be had, and it would be tried in every pass. */
    @Test
    void aCertificateThatEndsWithItsAuthorityIsKeptToTheEnd() {
        ServerCertificate issued =
                ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW.plus(Duration.ofDays(360)));

        assertThat(ServerCertificate.keptOrIssued(issued.data(), ALFORD, first, NOW.plus(Duration.ofDays(364))))
                .isEqualTo(issued);
    }

    @Test
    void anAuthorityThatHasExpiredSignsNothing() {
        assertThat(first.canSignAt(NOW.plus(Duration.ofDays(364)))).isTrue();
        assertThat(first.canSignAt(NOW.plus(Duration.ofDays(365)))).isFalse();
        assertThat(Authorities.of(Map.of()).canSignAt(NOW)).isFalse();
    }

    @Test
    void noKeyIsInWhatIsPrinted() {
        ServerCertificate issued = ServerCertificate.keptOrIssued(Map.of(), ALFORD, first, NOW);

        assertThat(issued + " " + first).doesNotContain("PRIVATE");
    }

    private static Authorities advanced(
            Authorities from, Instant now, Predicate<String> everywhere, boolean renewed, Step step) {
        Authorities.Advance advance = from.advance(now, everywhere, renewed).orElseThrow();
        assertThat(advance.step()).isEqualTo(step);
        return advance.to();
    }

    /** By the JDK's own rules, as the node's. */
    private static void mustBeTrusted(ServerCertificate shown, String trust, Instant now) throws Exception {
        Set<TrustAnchor> anchors = certificates(trust).stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(certificates(shown.certificate())),
                        parameters);
    }

    private static List<X509Certificate> certificates(String text) throws Exception {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
