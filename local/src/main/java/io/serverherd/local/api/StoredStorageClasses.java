package io.serverherd.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.admission.StorageClasses;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.ObjectSet;
import io.serverherd.local.api.store.ObjectStore;
import io.serverherd.local.api.verb.Target;
import io.serverherd.local.api.verb.Writing;
import java.util.Optional;

/** The StorageClasses in the store; from the start there is one, of folders, and it is the default. */
record StoredStorageClasses(ObjectStore store, ResourceType type) implements StorageClasses {

    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    static void create(ResourceType type, Writing writing) {
        ObjectNode standard = Json.object();
        standard.putObject("metadata").putObject("annotations").put(DEFAULT, "true");
        standard.put("provisioner", "serverherd.io/folder")
                .put("reclaimPolicy", "Delete")
                .put("volumeBindingMode", "WaitForFirstConsumer")
                .put("allowVolumeExpansion", true);
        writing.create(new Target(type, "", "standard", ""), standard);
    }

    @Override
    public Optional<ObjectNode> named(String name) {
        return store.get(type.key("", name));
    }

    @Override
    public Optional<String> byDefault() {
        return store.list(new ObjectSet(type.group(), type.plural(), "")).objects().stream()
                .filter(storageClass -> storageClass
                        .path("metadata")
                        .path("annotations")
                        .path(DEFAULT)
                        .asText()
                        .equals("true"))
                .map(storageClass -> storageClass.at("/metadata/name").asText())
                .findFirst();
    }
}
