package io.serverherd.node.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serverherd.node.config.FileContent;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerCredentialsParserTest {
    private static final String NAMES_NO_SERVER =
            "tls.crt: names no server: its one URI among the alternative names must "
                    + "be spiffe://DOMAIN/ns/NAMESPACE/herd/HERD/server/SERVER";

    private final TestAuthority authority = TestAuthority.create();
    private final TestLeaf leaf = authority.leaf("Alford");
    private final PeerCredentialsParser parser = new PeerCredentialsParser("Alford");

    private PeerCredentials parse(String certificate, String key, String authorities)
            throws RefusedCredentialsException {
        return parser.parse(
                new TlsFiles(TestLeaf.present(certificate), TestLeaf.present(key), TestLeaf.present(authorities)));
    }

    @Test
    void theThreeFilesAreRead() throws Exception {
        TestAuthority next = TestAuthority.create();

        PeerCredentials credentials =
                parse("a comment\n" + leaf.certificatePem(), leaf.keyPem(), authority.pem() + next.pem());

        assertThat(credentials.identity()).isEqualTo(new PeerIdentity(TestAuthority.HERD, "Alford"));
        assertThat(credentials.own().chain()).containsExactly(leaf.certificate());
        assertThat(credentials.own().key()).isEqualTo(leaf.key());
        assertThat(credentials.authorities()).containsExactlyInAnyOrder(authority.certificate(), next.certificate());
        assertThat(credentials.own().notAfter())
                .isEqualTo(leaf.certificate().getNotAfter().toInstant());
        assertThat(credentials.authoritiesHash()).isEqualTo(sha256(authority.pem() + next.pem()));
        assertThat(credentials.own().hash()).isEqualTo(sha256("a comment\n" + leaf.certificatePem()));
    }

    @Test
    void aKeyIsShownNowhere() throws Exception {
        PeerCredentials credentials = parse(leaf.certificatePem(), leaf.keyPem(), authority.pem());
        String inHexadecimal = HexFormat.of().formatHex(leaf.key().getEncoded());

        assertThat(credentials.toString().toLowerCase(Locale.ROOT))
                .contains("alford")
                .doesNotContain(inHexadecimal.substring(60, 90));
    }

    @ParameterizedTest
    @CsvSource({"tls.crt", "tls.key", "ca.crt"})
    void aFileThatIsMissingOrCanNotBeReadIsNamed(String file) {
        TlsFiles all = leaf.files(authority);
        FileContent missing = new FileContent.Missing();
        FileContent large = new FileContent.Unreadable("larger than 1048576 bytes");

        assertThatThrownBy(() -> parser.parse(with(all, file, missing))).hasMessage(file + ": missing in HERD_TLS_DIR");
        assertThatThrownBy(() -> parser.parse(with(all, file, large))).hasMessage(file + ": larger than 1048576 bytes");
    }

    private static TlsFiles with(TlsFiles all, String file, FileContent other) {
        return new TlsFiles(
                file.equals("tls.crt") ? other : all.certificate(),
                file.equals("tls.key") ? other : all.key(),
                file.equals("ca.crt") ? other : all.authorities());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "no certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"})
    void whatIsNoCertificateIsRefused(String pem) {
        assertThatThrownBy(() -> parse(pem, leaf.keyPem(), authority.pem()))
                .isInstanceOf(RefusedCredentialsException.class)
                .message()
                .isIn("tls.crt: holds no certificate", "tls.crt: can't be read as certificates in PEM");
        assertThatThrownBy(() -> parse(leaf.certificatePem(), leaf.keyPem(), pem))
                .isInstanceOf(RefusedCredentialsException.class)
                .message()
                .isIn("ca.crt: holds no certificate", "ca.crt: can't be read as certificates in PEM");
    }

    @Test
    void aFileThatIsCutOffIsRefused() {
        String pem = leaf.certificatePem() + authority.pem();

        assertThatThrownBy(() -> parse(pem.substring(0, pem.length() - 100), leaf.keyPem(), authority.pem()))
                .hasMessage("tls.crt: can't be read as certificates in PEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY"})
    void aKeyOfAnotherFormIsRefused(String kind) {
        String pem = kind.isEmpty() ? "" : leaf.keyPem().replace("PRIVATE KEY", kind);

        assertThatThrownBy(() -> parse(leaf.certificatePem(), pem, authority.pem()))
                .hasMessage("tls.key: holds no unencrypted PKCS#8 key in PEM (BEGIN PRIVATE KEY)");
    }

    @Test
    void aKeyThatIsGarbageIsRefusedWithoutABitOfIt() {
        String canary = "Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5";

        assertThatThrownBy(() -> parse(
                        leaf.certificatePem(),
                        "-----BEGIN PRIVATE KEY-----\n" + canary + "\n-----END PRIVATE KEY-----\n",
                        authority.pem()))
                .hasMessage("tls.key: can't be read as a key of the certificate's kind, EC")
                .hasNoCause();
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() ->
                        parse(leaf.certificatePem(), authority.leaf("Alford").keyPem(), authority.pem()))
                .hasMessage("tls.key: is not the key of the certificate in tls.crt");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1_024);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();

        assertThatThrownBy(() -> parse(
                        leaf.certificatePem(),
                        "-----BEGIN PRIVATE KEY-----" + Base64.getEncoder().encodeToString(der)
                                + "-----END PRIVATE KEY-----",
                        authority.pem()))
                .hasMessage("tls.key: can't be read as a key of the certificate's kind, EC");
    }

    @Test
    void theCertificateOfAnotherServerIsRefused() {
        TestLeaf ball = authority.leaf("Ball");

        assertThatThrownBy(() -> parse(ball.certificatePem(), ball.keyPem(), authority.pem()))
                .hasMessage("tls.crt: is the certificate of spiffe://cluster.local/ns/default/herd/test/server/Ball, "
                        + "and this server is Alford");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cluster.local/ns/default/herd/test/server/Alford",
                "spiffe://cluster.local/ns/default/herd/test/server/",
                "spiffe://cluster.local/ns/default/herd/test/server/Al_ford",
                "spiffe://cluster.local/ns/default/herd/test/server/Alford/x",
                "spiffe://cluster.local/ns/default/herd/a/b/server/Alford",
                "spiffe:///ns/default/herd/test/server/Alford",
                "spiffe://cluster.local/herd/test/server/Alford",
            })
    void whatIsNoIdentityIsRefused(String uri) {
        TestLeaf other = authority.leafOf(uri);

        assertThatThrownBy(() -> parse(other.certificatePem(), other.keyPem(), authority.pem()))
                .hasMessage(NAMES_NO_SERVER);
    }

    @Test
    void aCertificateWithoutAlternativeNamesIsRefused() {
        TestLeaf none = authority.leafOf(null);

        assertThatThrownBy(() -> parse(none.certificatePem(), none.keyPem(), authority.pem()))
                .hasMessage(NAMES_NO_SERVER);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
    }
}
