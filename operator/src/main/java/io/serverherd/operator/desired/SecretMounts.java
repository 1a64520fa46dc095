package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.SecretKeyRef;
import io.serverherd.operator.api.TlsSecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pod has of Secrets that a herd names: to ask Places with, and to speak TLS with clients. */
final class SecretMounts {
    private final List<Mounted> mounted = new ArrayList<>();

    /**
     * Files of one Secret, in a folder of their own.
     *
     * @param mode null: as by default
     */
    private record Mounted(
            String volume, String folder, String variable, String secret, List<KeyToPath> files, Integer mode) {}

    /**
     * @param placesSpec    null: nothing said
     * @param clientTlsSpec null: clients are without
     */
    SecretMounts(String herd, PlacesSpec placesSpec, ClientTlsSpec clientTlsSpec) {
        Optional<PlacesSpec> places = Optional.ofNullable(placesSpec);
        places.map(PlacesSpec::secretRef).ifPresent(this::addKey);
        places.map(PlacesSpec::caSecretRef).ifPresent(ref -> addAuthorities("places-ca", "HERD_PLACES_CA_DIR", ref));
        Optional<ClientTlsSpec> clients = Optional.ofNullable(clientTlsSpec);
        clients.ifPresent(spec -> addCertificate(Optional.ofNullable(spec.secretRef())
                .map(TlsSecretRef::name)
                .orElseGet(() -> ClientCertificate.nameOf(herd))));
        clients.map(ClientTlsSpec::clientCaSecretRef)
                .ifPresent(ref -> addAuthorities("client-ca", "HERD_CLIENT_CA_DIR", ref));
    }

    private void addKey(SecretKeyRef ref) {
        add("places", "HERD_PLACES_DIR", ref.name(), List.of(new KeyToPath(ref.key(), null, "api-key")), null);
    }

    private void addAuthorities(String volume, String variable, CaSecretRef ref) {
        add(volume, variable, ref.name(), List.of(new KeyToPath(ref.key(), null, "ca.crt")), null);
    }

    private void addCertificate(String secret) {
        List<KeyToPath> files =
                List.of(new KeyToPath("tls.crt", null, "tls.crt"), new KeyToPath("tls.key", null, "tls.key"));
        add("client-tls", "HERD_CLIENT_TLS_DIR", secret, files, ServerPod.KEY_MODE);
    }

    private void add(String volume, String variable, String secret, List<KeyToPath> files, Integer mode) {
        mounted.add(new Mounted(volume, "/etc/serverherd/" + volume, variable, secret, files, mode));
    }

    /** Optional: a server starts without, and gets them when the Secret appears. */
    List<Volume> volumes() {
        return mounted.stream()
                .map(each -> new VolumeBuilder()
                        .withName(each.volume)
                        .withNewSecret()
                        .withSecretName(each.secret)
                        .withOptional(true)
                        .withItems(each.files)
                        .withDefaultMode(each.mode)
                        .endSecret()
                        .build())
                .toList();
    }

    /** Whole directories: a subPath mount would never see an update. */
    List<VolumeMount> mounts() {
        return mounted.stream()
                .map(each -> new VolumeMountBuilder()
                        .withName(each.volume)
                        .withMountPath(each.folder)
                        .withReadOnly(true)
                        .build())
                .toList();
    }

    List<EnvVar> environment() {
        return mounted.stream()
                .map(each -> new EnvVar(each.variable, each.folder, null))
                .toList();
    }
}
