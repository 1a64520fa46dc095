package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.serverherd.operator.api.ServerHerd;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which herd an object is made for: what goes into the metadata of all its objects.
 *
 * @param passedOnLabels of the ServerHerd, those its objects get too
 * @param restart        the annotation that asks for new pods; empty: nobody has asked
 */
record HerdIdentity(
        String namespace, String name, String uid, Map<String, String> passedOnLabels, Map<String, String> restart) {

    static HerdIdentity of(ServerHerd herd) {
        ObjectMeta meta = herd.getMetadata();
        return new HerdIdentity(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                Labels.passedOn(meta.getLabels()),
                Labels.restart(meta.getAnnotations()));
    }

    String peersService() {
        return name + "-peers";
    }

    /** The pod's name in the headless Service; a cluster's DNS knows it without the cluster's own domain. */
    String peerHost(String server) {
        return ServerName.of(name, server) + "-0." + peersService() + "." + namespace + ".svc";
    }

    ObjectMeta metadata(String objectName) {
        return metadata(objectName, Labels.ofHerd(name));
    }

    ObjectMeta metadata(String objectName, Map<String, String> ownLabels) {
        Map<String, String> labels = new TreeMap<>(passedOnLabels);
        labels.putAll(ownLabels);
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(objectName)
                .withLabels(labels)
                .withOwnerReferences(owner())
                .build();
    }

    private OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(HasMetadata.getApiVersion(ServerHerd.class))
                .withKind(HasMetadata.getKind(ServerHerd.class))
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
