package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.schema.FieldError;
import java.util.List;

final class ConfigMapRules implements KindRules {

    @Override
    public List<FieldError> check(ObjectNode config, ObjectNode live) {
        return FrozenData.changes(config, live, "data", "binaryData");
    }
}
