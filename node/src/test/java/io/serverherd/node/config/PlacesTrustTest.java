package io.serverherd.node.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTrustTest {
    private final LivePlacesTrust live = new LivePlacesTrust();

    private static FileContent file(String text) {
        return new FileContent.Present(text.getBytes(UTF_8));
    }

    /** So many of the authorities that the Java machine knows. */
    private static String pem(int count) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        StringBuilder pem = new StringBuilder();
        X509Certificate[] known = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
        for (int i = 0; i < count; i++) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(known[i].getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }

    @Test
    void beforeAFileIsReadTheJavaMachineDecidesAlone() {
        assertThat(live.trust()).isSameAs(PlacesTrust.DEFAULT);
        assertThat(live.state().error()).isNull();
    }

    @Test
    void aBundleIsReadAsAWhole() throws Exception {
        live.read(file("# two of them\n" + pem(2).replace("\n", "\r\n")));

        assertThat(live.trust().authorities()).hasSize(2);
        assertThat(live.state().error()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "canary", "-----BEGIN CERTIFICATE-----\nY2FuYXJ5\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateLeavesTheOldOnesInForceAndIsNotQuoted(String text) throws Exception {
        live.read(file(pem(1)));
        PlacesTrust before = live.trust();

        live.read(file(text));

        assertThat(live.trust()).isSameAs(before);
        assertThat(live.state().error()).isNotEmpty().doesNotContain("canary", "Y2FuYXJ5");
        live.read(file(pem(2)));
        assertThat(live.state().error()).isNull();
    }

    @Test
    void aFileThatCannotBeReadLeavesTheOldOnesInForce() throws Exception {
        live.read(file(pem(1)));
        PlacesTrust before = live.trust();

        live.read(new FileContent.Unreadable("larger than 524288 bytes"));

        assertThat(live.trust()).isSameAs(before);
        assertThat(live.state().error()).isEqualTo("larger than 524288 bytes");
    }

    @Test
    void aFileThatIsGoneTakesItsAuthoritiesWithIt() throws Exception {
        live.read(file(pem(1)));

        live.read(new FileContent.Missing());

        assertThat(live.trust()).isSameAs(PlacesTrust.DEFAULT);
        assertThat(live.state().error()).isEqualTo("is missing");
    }
}
