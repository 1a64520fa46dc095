package io.serverherd.node.tls;

import static io.serverherd.node.tls.TestAuthority.HERD;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainTrustTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant BEGIN = NOON.minus(Duration.ofDays(100));
    private static final Instant END = NOON.plus(Duration.ofDays(100));

    private final TestAuthority authority = TestAuthority.create(BEGIN, END);
    private final ChainTrust trust = trust(authority);

    private static ChainTrust trust(TestAuthority... authorities) {
        Set<X509Certificate> certificates =
                Arrays.stream(authorities).map(TestAuthority::certificate).collect(Collectors.toSet());
        return new ChainTrust(certificates, Set.of(ChainTrust.BY_CLIENTS));
    }

    private static TestLeaf leaf(TestAuthority authority) {
        return authority.leaf(HERD + "/server/Alford", NOON.minusSeconds(3_600), NOON.plusSeconds(3_600));
    }

    /** Twice, since what was found is remembered. */
    private static Optional<Refusal> check(ChainTrust trust, TestLeaf leaf, Instant now) {
        Optional<Refusal> first = trust.check(List.of(leaf.certificate()), now);
        assertThat(trust.check(List.of(leaf.certificate()), now)).isEqualTo(first);
        return first;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-3601,NOT_YET_VALID", "-3600,-", "0,-", "3600,-", "3601,EXPIRED"})
    void aCertificateIsGoodFromItsBeginToItsEnd(long seconds, Refusal expected) {
        TestLeaf leaf = leaf(authority);

        assertThat(check(trust, leaf, NOON.plusSeconds(seconds))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aCertificateIsGoodNoLongerThanItsCa() {
        TestLeaf leaf = authority.leaf(HERD + "/server/Alford", BEGIN, END.plus(Duration.ofDays(100)));

        assertThat(check(trust, leaf, END)).isEmpty();
        assertThat(check(trust, leaf, END.plusSeconds(1))).contains(Refusal.EXPIRED);
    }

    @Test
    void aCaThatWasRenewedWithItsKeyIsGoodForWhatItSignedBefore() {
        TestAuthority renewed = authority.renewed(END, END.plus(Duration.ofDays(100)));
        TestLeaf leaf = authority.leaf(HERD + "/server/Alford", BEGIN, END.plus(Duration.ofDays(50)));

        assertThat(check(trust(authority, renewed), leaf, NOON)).isEmpty();
        assertThat(check(trust(authority, renewed), leaf, END.plusSeconds(1))).isEmpty();
    }

    @Test
    void oneOfSeveralCasIsEnough() {
        TestAuthority other = TestAuthority.create(BEGIN, END);

        assertThat(check(trust(other, authority), leaf(authority), NOON)).isEmpty();
        assertThat(check(trust(other, authority), leaf(other), NOON)).isEmpty();
        assertThat(check(trust(authority), leaf(other), NOON)).contains(Refusal.UNTRUSTED);
    }

    @Test
    void whoIsNotTrustedIsNotTrustedWhateverItsDates() {
        TestLeaf leaf = leaf(TestAuthority.create(BEGIN, END));

        assertThat(check(trust, leaf, NOON.minusSeconds(7_200))).contains(Refusal.UNTRUSTED);
        assertThat(check(trust, leaf, NOON.plusSeconds(7_200))).contains(Refusal.UNTRUSTED);
    }

    @Test
    void whoSignedItselfIsNotTrusted() {
        assertThat(check(trust, TestAuthority.selfSigned("Alford"), Instant.now()))
                .contains(Refusal.UNTRUSTED);
    }

    @Test
    void aServerSignsForNobody() {
        TestAuthority now = TestAuthority.create();
        TestLeaf ball = now.leaf("Ball");
        TestLeaf signedByBall = ball.signs("Alford");

        assertThat(trust(now).check(List.of(signedByBall.certificate(), ball.certificate()), Instant.now()))
                .contains(Refusal.UNTRUSTED);
    }

    @Test
    void aChainLeadsToACaWhereverThatIsInIt() {
        TestAuthority between = authority.intermediate();
        TestLeaf leaf = leaf(between);
        List<X509Certificate> own = List.of(leaf.certificate());
        List<X509Certificate> shown = List.of(leaf.certificate(), between.certificate());
        List<X509Certificate> all = List.of(leaf.certificate(), between.certificate(), authority.certificate());

        assertThat(trust(between).check(own, NOON)).isEmpty();
        assertThat(trust(between).check(shown, NOON)).isEmpty();
        assertThat(trust(between).check(all, NOON)).isEmpty();
        assertThat(trust(authority).check(shown, NOON)).isEmpty();
        assertThat(trust(authority).check(all, NOON)).isEmpty();
        assertThat(trust(authority).check(own, NOON)).contains(Refusal.UNTRUSTED);
        assertThat(trust(TestAuthority.create(BEGIN, END)).check(all, NOON)).contains(Refusal.UNTRUSTED);
    }

    @Test
    void aCertificateThatSaysWhatItIsForIsForThatOnly() {
        TestAuthority now = TestAuthority.create();

        assertThat(check(trust(now), now.leafFor("Ball", KeyPurposeId.id_kp_serverAuth), Instant.now()))
                .contains(Refusal.UNTRUSTED);
        assertThat(check(trust(now), now.leafFor("Ball", KeyPurposeId.id_kp_clientAuth), Instant.now()))
                .isEmpty();
        assertThat(check(trust(now), now.leafFor("Ball", KeyPurposeId.anyExtendedKeyUsage), Instant.now()))
                .isEmpty();
    }

    @Test
    void noCertificateIsNoCertificate() {
        assertThat(trust.check(List.of(), NOON)).contains(Refusal.NO_CERTIFICATE);
    }
}
