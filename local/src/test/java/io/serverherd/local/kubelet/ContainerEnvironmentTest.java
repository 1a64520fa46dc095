package io.serverherd.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.serverherd.local.kubelet.volume.PodVolumes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEnvironmentTest {

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("w-0")
            .withNamespace("n")
            .withUid("u")
            .addToLabels("app", "herd")
            .addToAnnotations("a/b", "noted")
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build();

    private static final PodVolumes.Sources SOURCES = new PodVolumes.Sources() {
        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return namespace.equals("n") && name.equals("map")
                    ? Optional.of(new ConfigMapBuilder()
                            .withData(Map.of("k", "from map", "other", "o"))
                            .build())
                    : Optional.empty();
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return namespace.equals("n") && name.equals("secret")
                    ? Optional.of(new SecretBuilder()
                            .withData(Map.of("k", "c8ObIQ=="))
                            .build())
                    : Optional.empty();
        }

        @Override
        public String bindClaim(String namespace, String name) {
            throw new AssertionError("no test has a claim");
        }
    };

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "metadata.name, w-0",
        "metadata.namespace, n",
        "metadata.uid, u",
        "metadata.labels['app'], herd",
        "metadata.annotations['a/b'], noted",
        "metadata.labels['none'], ''",
        "spec.nodeName, local",
        "spec.serviceAccountName, default",
        "status.podIP, 127.0.1.1",
        "status.hostIP, 127.0.0.1"
    })
    void fieldsOfThePodBecomeValues(String field, String value) throws Exception {
        assertThat(environment("{env: [{name: V, valueFrom: {fieldRef: {fieldPath: \"%s\"}}}]}".formatted(field)))
                .containsEntry("V", value);
    }

    @Test
    void valuesReferToWhatIsDefinedBeforeThem() throws Exception {
        Map<String, String> environment = environment("""
                env:
                - {name: EARLY, value: $(LATE)}
                - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: LATE, value: http://$(IP):80/$$(IP)}
                - {name: EMPTY}
                """);

        assertThat(environment)
                .containsExactly(
                        Map.entry("EARLY", "$(LATE)"),
                        Map.entry("IP", "127.0.1.1"),
                        Map.entry("LATE", "http://127.0.1.1:80/$(IP)"),
                        Map.entry("EMPTY", ""));
    }

    @Test
    void keysOfConfigMapsAndSecretsBecomeValues() throws Exception {
        Map<String, String> environment = environment("""
                envFrom:
                - {prefix: P_, configMapRef: {name: map}}
                env:
                - {name: M, valueFrom: {configMapKeyRef: {name: map, key: k}}}
                - {name: S, valueFrom: {secretKeyRef: {name: secret, key: k}}}
                - {name: NONE, valueFrom: {secretKeyRef: {name: absent, key: k, optional: true}}}
                - {name: NO_KEY, valueFrom: {configMapKeyRef: {name: map, key: absent, optional: true}}}
                """);

        assertThat(environment)
                .containsOnly(
                        Map.entry("P_k", "from map"),
                        Map.entry("P_other", "o"),
                        Map.entry("M", "from map"),
                        Map.entry("S", "sÛ!"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{configMapKeyRef: {name: absent, key: k}} | configmap \"absent\" not found",
                "{secretKeyRef: {name: absent, key: k}} | secret \"absent\" not found",
                "{secretKeyRef: {name: secret, key: x}} | couldn't find key x in Secret n/secret",
                "{configMapKeyRef: {name: map, key: x}} | couldn't find key x in ConfigMap n/map",
                "{fieldRef: {fieldPath: status.phase}} | unknown fieldPath \"status.phase\"",
                "{resourceFieldRef: {resource: limits.cpu}} | not from another source"
            })
    void whatCannotBeHadIsNamed(String source, String message) {
        assertThatThrownBy(() -> environment("{env: [{name: V, valueFrom: %s}]}".formatted(source)))
                .isInstanceOf(ContainerConfigException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, String> environment(String containerYaml) throws ContainerConfigException {
        Container container = Serialization.unmarshal("---\n" + containerYaml, Container.class);
        PodAddresses addresses = new PodAddresses("127.0.1.1", "127.0.0.1", "local");
        return new ContainerEnvironment(POD, addresses, SOURCES).of(container);
    }
}
