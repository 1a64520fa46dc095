package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;

/** A volume claim starts unbound. */
final class ClaimRules implements KindRules {

    @Override
    public void complete(ObjectNode claim, ObjectNode live) {
        Defaults.text(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        if (live == null) {
            Json.child(claim, "status").put("phase", "Pending");
        }
    }
}
