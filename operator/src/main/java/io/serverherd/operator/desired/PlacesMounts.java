package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.api.PlacesSpec;
import io.serverherd.operator.api.SecretKeyRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pod has of Secrets to ask Places with: the key, and the authorities it is to believe. */
final class PlacesMounts {
    private final List<Mounted> mounted = new ArrayList<>();

    /** One file of one Secret, in a folder of its own. */
    private record Mounted(String volume, String folder, String variable, String secret, String key, String file) {}

    /** @param spec null: nothing said */
    PlacesMounts(PlacesSpec spec) {
        Optional<PlacesSpec> places = Optional.ofNullable(spec);
        places.map(PlacesSpec::secretRef).ifPresent(this::addKey);
        places.map(PlacesSpec::caSecretRef).ifPresent(this::addAuthorities);
    }

    private void addKey(SecretKeyRef ref) {
        mounted.add(
                new Mounted("places", "/etc/serverherd/places", "HERD_PLACES_DIR", ref.name(), ref.key(), "api-key"));
    }

    private void addAuthorities(CaSecretRef ref) {
        mounted.add(new Mounted(
                "places-ca", "/etc/serverherd/places-ca", "HERD_PLACES_CA_DIR", ref.name(), ref.key(), "ca.crt"));
    }

    /** Optional: a server starts without its key, and gets it when the Secret appears. */
    List<Volume> volumes() {
        return mounted.stream()
                .map(each -> new VolumeBuilder()
                        .withName(each.volume)
                        .withNewSecret()
                        .withSecretName(each.secret)
                        .withOptional(true)
                        .addNewItem()
                        .withKey(each.key)
                        .withPath(each.file)
                        .endItem()
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
