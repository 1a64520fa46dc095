package io.serverherd.local.api.body;

import static io.serverherd.local.api.body.ProtobufMessage.BOOLEAN;
import static io.serverherd.local.api.body.ProtobufMessage.BYTES_ENTRY;
import static io.serverherd.local.api.body.ProtobufMessage.INTEGER;
import static io.serverherd.local.api.body.ProtobufMessage.TEXT;
import static io.serverherd.local.api.body.ProtobufMessage.TEXT_ENTRY;
import static io.serverherd.local.api.body.ProtobufMessage.TIME;
import static io.serverherd.local.api.body.ProtobufMessage.message;

import io.serverherd.local.api.body.ProtobufMessage.Field;
import io.serverherd.local.api.body.ProtobufMessage.Value;
import java.util.Map;
import java.util.TreeSet;

/** The messages kubectl sends as protobuf; field numbers from the {@code generated.proto} files of k8s.io/api. */
final class ProtobufMessages {

    static final ProtobufMessage TYPE_META =
            new ProtobufMessage(Map.of(1, one("apiVersion", TEXT), 2, one("kind", TEXT)));

    private static final ProtobufMessage OWNER_REFERENCE = new ProtobufMessage(Map.of(
            1, one("kind", TEXT),
            3, one("name", TEXT),
            4, one("uid", TEXT),
            5, one("apiVersion", TEXT),
            6, one("controller", BOOLEAN),
            7, one("blockOwnerDeletion", BOOLEAN)));

    private static final ProtobufMessage META = new ProtobufMessage(Map.ofEntries(
            Map.entry(1, one("name", TEXT)),
            Map.entry(2, one("generateName", TEXT)),
            Map.entry(3, one("namespace", TEXT)),
            Map.entry(5, one("uid", TEXT)),
            Map.entry(6, one("resourceVersion", TEXT)),
            Map.entry(7, one("generation", INTEGER)),
            Map.entry(8, one("creationTimestamp", TIME)),
            Map.entry(11, one("labels", TEXT_ENTRY)),
            Map.entry(12, one("annotations", TEXT_ENTRY)),
            Map.entry(13, many("ownerReferences", message(OWNER_REFERENCE))),
            Map.entry(14, many("finalizers", TEXT))));

    private static final ProtobufMessage CONFIG_MAP = new ProtobufMessage(Map.of(
            1, one("metadata", message(META)),
            2, one("data", TEXT_ENTRY),
            3, one("binaryData", BYTES_ENTRY),
            4, one("immutable", BOOLEAN)));

    private static final ProtobufMessage SECRET = new ProtobufMessage(Map.of(
            1, one("metadata", message(META)),
            2, one("data", BYTES_ENTRY),
            3, one("type", TEXT),
            4, one("stringData", TEXT_ENTRY),
            5, one("immutable", BOOLEAN)));

    private static final ProtobufMessage NAMESPACE = new ProtobufMessage(Map.of(1, one("metadata", message(META))));

    private static final ProtobufMessage SERVICE_ACCOUNT =
            new ProtobufMessage(Map.of(1, one("metadata", message(META))));

    private static final ProtobufMessage PRECONDITIONS =
            new ProtobufMessage(Map.of(1, one("uid", TEXT), 2, one("resourceVersion", TEXT)));

    private static final ProtobufMessage DELETE_OPTIONS = new ProtobufMessage(Map.of(
            1, one("gracePeriodSeconds", INTEGER),
            2, one("preconditions", message(PRECONDITIONS)),
            4, one("propagationPolicy", TEXT)));

    private static final ProtobufMessage ACCESS_REVIEW = new ProtobufMessage(Map.of(1, one("metadata", message(META))));

    private static final Map<String, ProtobufMessage> BY_KIND = Map.of(
            "v1/ConfigMap", CONFIG_MAP,
            "v1/Secret", SECRET,
            "v1/Namespace", NAMESPACE,
            "v1/ServiceAccount", SERVICE_ACCOUNT,
            "v1/DeleteOptions", DELETE_OPTIONS,
            "authorization.k8s.io/v1/SelfSubjectAccessReview", ACCESS_REVIEW,
            "authorization.k8s.io/v1/SelfSubjectRulesReview", ACCESS_REVIEW);

    private ProtobufMessages() {}

    /** @return null when there is none for the kind */
    static ProtobufMessage of(String apiVersion, String kind) {
        return BY_KIND.get(apiVersion + "/" + kind);
    }

    static TreeSet<String> kinds() {
        return new TreeSet<>(BY_KIND.keySet());
    }

    private static Field one(String name, Value value) {
        return new Field(name, value, false);
    }

    private static Field many(String name, Value value) {
        return new Field(name, value, true);
    }
}
