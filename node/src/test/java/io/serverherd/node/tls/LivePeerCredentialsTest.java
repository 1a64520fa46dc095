package io.serverherd.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslProvider;
import io.serverherd.node.config.FileContent;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LivePeerCredentialsTest {
    private final TestAuthority authority = TestAuthority.create();
    private final TestLeaf leaf = authority.leaf("Alford");
    private final LivePeerCredentials live =
            new LivePeerCredentials(new PeerCredentialsParser("Alford"), SslProvider.JDK, InstantSource.system());

    private static TlsFiles nothing() {
        FileContent missing = new FileContent.Missing();
        return new TlsFiles(missing, missing, missing);
    }

    @Test
    void filesThatAreNotThereYetAreWaitedFor() {
        live.read(nothing());
        assertThat(live.state().tls()).isEmpty();
        assertThat(live.state().problem()).isNull();

        TlsFiles all = leaf.files(authority);
        live.read(new TlsFiles(all.certificate(), all.key(), new FileContent.Missing()));
        assertThat(live.state().tls()).isEmpty();
        assertThat(live.state().problem())
                .isEqualTo("ca.crt: missing in HERD_TLS_DIR; "
                        + "no TLS with neighbours until the files are there and right");

        live.read(leaf.files(authority));
        assertThat(live.state().certificate().orElseThrow().chain()).containsExactly(leaf.certificate());
        assertThat(live.state().problem()).isNull();
    }

    @Test
    void brokenFilesKeepTheLastGoodOnesAndSayWhatIsWrong() {
        live.read(leaf.files(authority));
        PeerTls before = live.state().tls().orElseThrow();
        TlsFiles next = authority.leaf("Alford").files(authority);

        live.read(new TlsFiles(next.certificate(), leaf.files(authority).key(), next.authorities()));

        assertThat(live.state().tls()).containsSame(before);
        assertThat(live.state().problem())
                .isEqualTo("tls.key: is not the key of the certificate in tls.crt; keeping the certificate that ends "
                        + before.certificate().notAfter());

        live.read(next);
        assertThat(live.state().problem()).isNull();
        assertThat(live.state().tls()).isNotEmpty().get().isNotSameAs(before);
    }

    @Test
    void aCertificateThatNoNeighbourWouldTakeLeavesTheLastGoodOne() {
        live.read(leaf.files(authority));
        TestAuthority other = TestAuthority.create();

        live.read(other.leaf("Alford").files(authority));

        assertThat(live.state().certificate().orElseThrow().chain()).containsExactly(leaf.certificate());
        assertThat(live.state().problem())
                .startsWith("tls.crt: is of no CA in ca.crt, or not for both ends of a connection: no neighbour would"
                        + " take it; keeping");

        live.read(other.leaf("Alford").files(authority, other));
        assertThat(live.state().problem()).isNull();
    }

    @Test
    void filesThatAreGoneLeaveTheLastGoodOnes() {
        live.read(leaf.files(authority));

        live.read(nothing());

        assertThat(live.state().certificate().orElseThrow().chain()).containsExactly(leaf.certificate());
        assertThat(live.state().problem()).startsWith("tls.crt: missing in HERD_TLS_DIR; keeping");
    }
}
