package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.schema.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Defaults of a set, and the part of it that can never change. */
final class StatefulSetRules implements KindRules {

    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    @Override
    public void complete(ObjectNode set, ObjectNode live) {
        ObjectNode spec = Json.child(set, "spec");
        Defaults.number(spec, "replicas", 1);
        Defaults.number(spec, "revisionHistoryLimit", 10);
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            Defaults.number(Json.child(strategy, "rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        PodDefaults.complete(Json.child(Json.child(spec, "template"), "spec"));
        Defaults.each(spec.path("volumeClaimTemplates")).forEach(StatefulSetRules::completeClaim);
        if (live == null) {
            Json.child(set, "status").put("replicas", 0).put("availableReplicas", 0);
        }
    }

    private static void completeClaim(ObjectNode claim) {
        Defaults.text(claim, "apiVersion", "v1");
        Defaults.text(claim, "kind", "PersistentVolumeClaim");
        Defaults.text(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        Defaults.text(Json.child(claim, "status"), "phase", "Pending");
    }

    @Override
    public List<FieldError> check(ObjectNode set, ObjectNode live) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode labels = set.at("/spec/template/metadata/labels");
        JsonNode selector = set.at("/spec/selector/matchLabels");
        if (!set.at("/spec").has("selector")) {
            errors.add(new FieldError("spec.selector", FieldError.Type.REQUIRED, null, ""));
        }
        for (Map.Entry<String, JsonNode> wanted : selector.properties()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                errors.add(new FieldError(
                        "spec.template.metadata.labels",
                        FieldError.Type.INVALID,
                        labels,
                        "`selector` does not match template `labels`"));
                break;
            }
        }
        if (live != null && !fixedPart(set).equals(fixedPart(live))) {
            errors.add(
                    new FieldError(
                            "spec",
                            FieldError.Type.FORBIDDEN,
                            null,
                            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
        return errors;
    }

    private static ObjectNode fixedPart(ObjectNode set) {
        ObjectNode spec = set.path("spec").deepCopy();
        spec.remove(CHANGEABLE);
        return spec;
    }
}
