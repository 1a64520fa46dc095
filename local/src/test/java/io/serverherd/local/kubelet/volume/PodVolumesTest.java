package io.serverherd.local.kubelet.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodVolumesTest {

    @TempDir
    Path state;

    private final Map<String, Object> api = new HashMap<>();
    private PodVolumes volumes;

    @BeforeEach
    void make() {
        volumes = new PodVolumes(
                new PodVolumes.Sources() {
                    @Override
                    public Optional<ConfigMap> configMap(String namespace, String name) {
                        return Optional.ofNullable((ConfigMap) api.get("configmap " + namespace + "/" + name));
                    }

                    @Override
                    public Optional<Secret> secret(String namespace, String name) {
                        return Optional.ofNullable((Secret) api.get("secret " + namespace + "/" + name));
                    }

                    @Override
                    public String bindClaim(String namespace, String name) throws MountException {
                        if (!name.equals("claim")) {
                            throw new MountException("persistentvolumeclaim \"" + name + "\" not found");
                        }
                        return "uid";
                    }
                },
                state.resolve("pods"),
                state.resolve("claims"),
                Clock.systemUTC());
        api.put(
                "configmap n/map",
                new ConfigMapBuilder()
                        .withData(Map.of("text", "héllo", "second", "2"))
                        .withBinaryData(Map.of("bytes", "AAEC"))
                        .build());
        api.put(
                "secret n/secret",
                new SecretBuilder().withData(Map.of("key", "czNjcmV0")).build());
    }

    @Test
    void aConfigMapsKeysAreFiles() throws Exception {
        Path folder = mount("{name: v, configMap: {name: map}}");

        assertThat(folder.resolve("text")).hasContent("héllo");
        assertThat(folder.resolve("second")).hasContent("2");
        assertThat(folder.resolve("bytes")).hasBinaryContent(new byte[] {0, 1, 2});
    }

    @Test
    void aSecretsKeysAreFiles() throws Exception {
        assertThat(mount("{name: v, secret: {secretName: secret}}").resolve("key"))
                .hasContent("s3cret");
    }

    @Test
    void itemsChooseKeysAndPaths() throws Exception {
        Path folder = mount("{name: v, configMap: {name: map, items: [{key: text, path: deep/er.txt}]}}");

        assertThat(folder.resolve("deep/er.txt")).hasContent("héllo");
        assertThat(folder.resolve("second")).doesNotExist();
    }

    @Test
    void whatIsOptionalMayComeLater() throws Exception {
        String volume = "{name: v, configMap: {name: late, optional: true}}";
        Path folder = mount(volume);
        assertThat(folder.resolve("a")).doesNotExist();

        api.put(
                "configmap n/late",
                new ConfigMapBuilder().withData(Map.of("a", "1")).build());
        mount(volume);

        assertThat(folder.resolve("a")).hasContent("1");
    }

    @Test
    void ofSeveralSourcesTheLaterOnesFilesWin() throws Exception {
        String volume = "{name: v, projected: {defaultMode: 288, sources: [{configMap: {name: map}},"
                + " {secret: {name: secret}}, {secret: {name: late, optional: true}}]}}";
        Path folder = mount(volume);
        assertThat(folder.resolve("text")).hasContent("héllo");
        assertThat(folder.resolve("key")).hasContent("s3cret");
        assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
                .isEqualTo(PosixFilePermissions.fromString("r--r-----"));

        api.put(
                "secret n/late",
                new SecretBuilder().withData(Map.of("key", "bGF0ZQ==")).build());
        mount(volume);
        assertThat(folder.resolve("key")).hasContent("late");

        api.remove("secret n/late");
        mount(volume);
        assertThat(folder.resolve("key")).hasContent("s3cret");
    }

    @Test
    void aClaimsFolderOutlivesThePod() throws Exception {
        Pod pod = pod("{name: v, persistentVolumeClaim: {claimName: claim}}");
        Path claim = volumes.mount(pod).get("v");
        Path scratch = mount("{name: v, emptyDir: {}}");

        volumes.unmount(pod);

        assertThat(claim).isDirectory().isEqualTo(state.resolve("claims/n/claim-uid"));
        assertThat(scratch).doesNotExist();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: v, configMap: {name: absent}} | configmap \"absent\" not found",
                "{name: v, secret: {secretName: absent}} | secret \"absent\" not found",
                "{name: v, configMap: {name: map, items: [{key: x, path: x}]}} |"
                        + " configmap references non-existent config key: x",
                "{name: v, persistentVolumeClaim: {claimName: x}} | persistentvolumeclaim \"x\" not found",
                "{name: v, configMap: {name: map, items: [{key: text, path: ../x}]}} | must be relative",
                "{name: v, configMap: {name: map, items: [{key: text, path: /x}]}} | must be relative",
                "{name: v, hostPath: {path: /}} | not this kind",
                "{name: v, projected: {sources: [{secret: {name: absent}}]}} | secret \"absent\" not found",
                "{name: v, projected: {sources: [{downwardAPI: {}}]}} | not this kind"
            })
    void whatCannotBeMountedIsSaidAsAKubeletSaysIt(String volume, String message) {
        assertThatThrownBy(() -> mount(volume))
                .isInstanceOf(MountException.class)
                .hasMessageStartingWith("MountVolume.SetUp failed for volume \"v\" : ")
                .hasMessageContaining(message);
    }

    private Path mount(String volumeYaml) throws MountException {
        return volumes.mount(pod(volumeYaml)).get("v");
    }

    private static Pod pod(String volumeYaml) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("n")
                .withName("p")
                .withUid("uid")
                .endMetadata()
                .withNewSpec()
                .withVolumes(Serialization.unmarshal("---\n" + volumeYaml, Volume.class))
                .endSpec()
                .build();
    }
}
