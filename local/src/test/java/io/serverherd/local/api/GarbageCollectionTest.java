package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GarbageCollectionTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void dependentsGoWithTheirOwnerDownToTheLast() {
        ConfigMap grandparent = api.createConfigMap("grandparent", Map.of());
        ConfigMap parent = create("parent", reference(grandparent));
        create("child", reference(parent));
        api.createConfigMap("stranger", Map.of());

        api.client().resource(grandparent).delete();

        awaitOnly("stranger");
    }

    @Test
    void anObjectStaysWhileOneOfItsOwnersLives() {
        ConfigMap mother = api.createConfigMap("mother", Map.of());
        ConfigMap father = api.createConfigMap("father", Map.of());
        create("child", reference(mother), reference(father));
        ConfigMap marker = api.createConfigMap("marker", Map.of());
        create("marked", reference(marker));

        api.client().resource(mother).delete();
        api.client().resource(marker).delete(); // collected after the mother's dependents were looked at

        awaitOnly("child", "father");
    }

    @Test
    void anObjectWhoseOwnerHasGoneBeforeIsCollected() {
        ConfigMap owner = api.createConfigMap("owner", Map.of());
        api.client().resource(owner).delete();

        create("late", reference(owner));

        awaitOnly();
    }

    @Test
    void orphansLoseTheReferenceAndStay() {
        ConfigMap owner = api.createConfigMap("owner", Map.of());
        create("child", reference(owner));

        api.client()
                .resource(owner)
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();

        awaitOnly("child");
        assertThat(get("child").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void inTheForegroundTheOwnerGoesLast() {
        ConfigMap owner = api.createConfigMap("owner", Map.of());
        ConfigMap child = create("child", reference(owner));
        edit(child, "hold");

        api.client()
                .resource(owner)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        await().until(() -> get("child").getMetadata().getDeletionTimestamp() != null);
        assertThat(get("owner").getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
        edit(get("child"));
        awaitOnly();
    }

    private void edit(ConfigMap map, String... finalizers) {
        api.client()
                .resource(new ConfigMapBuilder(map)
                        .editMetadata()
                        .withFinalizers(finalizers)
                        .endMetadata()
                        .build())
                .update();
    }

    private void awaitOnly(String... names) {
        await().untilAsserted(() -> assertThat(api.client().configMaps().list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .containsExactly(names));
    }

    private ConfigMap get(String name) {
        return api.client().configMaps().withName(name).get();
    }

    private ConfigMap create(String name, OwnerReference... owners) {
        return api.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withOwnerReferences(owners)
                        .endMetadata()
                        .build())
                .create();
    }

    private static OwnerReference reference(ConfigMap owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .build();
    }
}
