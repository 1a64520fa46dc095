package io.serverherd.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRulesTest {
    private final List<String> defects = new ArrayList<>();

    private Optional<HttpProxy> proxyOf(String asked, Map<String, String> environment) {
        return ProxyRules.of(environment, defects).proxyOf(URI.create(asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
    void theSchemeOfWhatIsAskedDecidesWhichOne(String name) {
        Map<String, String> environment = Map.of(name, "http://secure:3128", "http_proxy", "plain:8080");

        assertThat(proxyOf("https://a.example", environment)).contains(new HttpProxy("secure", 3128, Optional.empty()));
        assertThat(proxyOf("http://a.example", environment)).contains(new HttpProxy("plain", 8080, Optional.empty()));
        assertThat(proxyOf("https://a.example", Map.of("HTTP_PROXY", "plain:8080")))
                .isEmpty();
    }

    @Test
    void capitalsWinAndAnEmptyVariableIsNone() {
        assertThat(proxyOf("https://a.example", Map.of("HTTPS_PROXY", "a", "https_proxy", "b")))
                .map(HttpProxy::host)
                .contains("a");
        assertThat(proxyOf("https://a.example", Map.of("HTTPS_PROXY", " "))).isEmpty();
        assertThat(ProxyRules.of(Map.of("HTTPS_PROXY", ""), defects).isEmpty()).isTrue();
        assertThat(defects).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy                        | proxy     | 80   |",
                "http://proxy.example:3128/   | proxy.example | 3128 |",
                "[::1]:3128                   | ::1       | 3128 |",
                "http://me:p%40ss+1@10.0.0.1:1 | 10.0.0.1 | 1    | me:p@ss+1",
            })
    void anAddressHasManyForms(String address, String host, int port, String credentials) {
        assertThat(HttpProxy.parse(address)).contains(new HttpProxy(host, port, Optional.ofNullable(credentials)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://canary:c@proxy",
                "socks5://proxy",
                "canary proxy",
                "proxy:0",
                "proxy:65536",
                "http://c%zz@p"
            })
    void whatIsNoAddressIsToldWithoutItsValue(String address) {
        assertThat(proxyOf("https://a.example", Map.of("HTTPS_PROXY", address))).isEmpty();
        assertThat(defects).containsExactly("HTTPS_PROXY must be " + HttpProxy.SHAPE);
    }

    @ParameterizedTest
    @CsvSource({
        "me:canary@proxy, Basic bWU6Y2FuYXJ5",
        "me@proxy, Basic bWU6",
        "z%C3%B6:%C3%A4@proxy, Basic esO2OsOk",
        "proxy,"
    })
    void credentialsAreAHeader(String address, String header) {
        assertThat(HttpProxy.parse(address).orElseThrow().authorization()).isEqualTo(Optional.ofNullable(header));
    }

    @Test
    void credentialsAreNotShown() {
        assertThat(HttpProxy.parse("me:canary@proxy:1").orElseThrow().toString())
                .isEqualTo("proxy:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                    | https://a.example            | true",
                "a.example            | https://a.example            | true",
                "A.Example , b        | https://a.example            | true",
                "x,a.example          | https://maps.A.example       | true",
                ".a.example           | https://maps.a.example       | true",
                ".a.example           | https://a.example            | false",
                "a.example            | https://nota.example         | false",
                "a.example:443        | https://a.example            | true",
                "a.example:8443       | https://a.example            | false",
                "a.example:8443       | https://a.example:8443       | true",
                "10.0.0.0/8           | https://10.1.2.3             | true",
                "10.0.0.0/8           | https://11.1.2.3             | false",
                "10.128.0.0/9         | https://10.127.2.3           | false",
                "10.0.0.0/33          | https://10.0.0.0             | false",
                "0.0.0.0/0            | https://8.8.8.8              | true",
                "10.0.0.0/8           | https://a.example            | false",
                "10.1.2.3             | https://10.1.2.3             | true",
                "10.1.2.3:443         | https://10.1.2.3             | true",
                "2001:db8::/32        | https://[2001:db8::1]        | true",
                "[2001:db8::1]:443    | https://[2001:db8::1]        | true",
                "2001:db8::1          | https://[2001:db8::1]        | true",
                "2001:db8::2          | https://[2001:db8::1]        | false",
                "2001:DB8:0:0::5      | https://[2001:db8::5]        | true",
                "[2001:DB8:0:0::5]:443 | https://[2001:db8::5]       | true",
                "2001:db8::/200       | https://[2001:db8::5]        | false",
                "*.a.example          | https://maps.a.example       | true",
                "*.a.example          | https://a.example            | false",
                "*.a.example:443      | https://maps.a.example       | true",
                "x                    | https://[0:0:0:0:0:0:0:1]    | true",
                "x                    | https://localhost            | true",
                "x                    | http://127.0.1.5:18080       | true",
                "x                    | https://[::1]:7081           | true",
            })
    void exceptionsAreAskedWithoutAProxy(String exceptions, String asked, boolean excepted) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy", "HTTP_PROXY", "proxy", "NO_PROXY", exceptions);

        assertThat(proxyOf(asked, environment).isEmpty()).isEqualTo(excepted);
    }
}
