package io.serverherd.operator.desired;

import static io.serverherd.operator.Herds.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.serverherd.node.config.ProxyRules;
import io.serverherd.operator.Herds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyVariablesTest {
    private static String environment(ProxyVariables proxies) {
        HerdSettings settings = new HerdSettings(
                SETTINGS.nodeImage(),
                SETTINGS.placesEndpoint(),
                proxies,
                Optional.empty(),
                SETTINGS.trustDomain(),
                LinkSecurity.NONE);
        return DesiredHerd.of(Herds.herd("h", "A"), settings).objects().stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .flatMap(set -> set.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream())
                .filter(variable -> variable.getName().endsWith("PROXY"))
                .map(variable -> variable.getName() + "=" + variable.getValue())
                .toList()
                .toString();
    }

    @Test
    void theOperatorsOwnAreHandedOnInCapitals() {
        Map<String, String> environment =
                Map.of("https_proxy", "http://proxy:3128", "HTTP_PROXY", "plain", "no_proxy", ".svc", "HOME", "/");

        assertThat(environment(ProxyVariables.of(environment)))
                .isEqualTo("[HTTPS_PROXY=http://proxy:3128, HTTP_PROXY=plain, NO_PROXY=.svc]");
    }

    @Test
    void exceptionsFromNoProxyAndEmptyVariablesChangeNoPod() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", " ", "NO_PROXY", ".svc");

        assertThat(ProxyVariables.of(environment)).isEqualTo(ProxyVariables.NONE);
        assertThat(environment(ProxyVariables.NONE)).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, [3128]",
        "proxy, [80]",
        "http://me:pass@proxy:8080/, [8080]",
        "http://corp_proxy:3128, [3128]",
        "http://me:p|w@proxy:3128, [3128]",
        "http://[::1]:3128, [3128]"
    })
    void aPortIsThatOfTheAddress(String proxy, String ports) {
        assertThat(ProxyVariables.of(Map.of("HTTPS_PROXY", proxy)).ports()).hasToString(ports);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://proxy:3128",
                "proxy",
                "corp_proxy:3128/",
                "http://me:p%40w@proxy:3128",
                "http://me:p|w@proxy",
                "[::1]:3128",
                "https://proxy:8443",
                "http://proxy:0",
                "http://proxy:65536",
                "http://me:p%w@proxy",
                "http://me:p%zz@proxy",
                "http://proxy/path",
                "pro xy",
                "socks5://proxy"
            })
    void whatIsUnusableHereIsWhatAServerWouldNotStartWith(String proxy) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", proxy);
        List<String> refusedByServer = new ArrayList<>();
        ProxyRules.of(environment, refusedByServer);

        assertThat(ProxyVariables.of(environment).unusable()).hasSameSizeAs(refusedByServer);
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(ProxyVariables.of(Map.of("HTTPS_PROXY", "http://me:canary@proxy")))
                .hasToString("ProxyVariables[HTTPS_PROXY]");
    }
}
