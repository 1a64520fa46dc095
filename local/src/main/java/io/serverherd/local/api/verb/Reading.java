package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.error.ApiException;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.kind.ServedForm;
import io.serverherd.local.api.select.Selection;
import io.serverherd.local.api.store.Listing;
import io.serverherd.local.api.store.ObjectStore;
import java.util.List;

/** get and list. */
public final class Reading {

    private final ObjectStore store;

    public Reading(ObjectStore store) {
        this.store = store;
    }

    /** @throws ApiException 404 when there is no such object */
    public ObjectNode get(Target target) {
        ObjectNode stored =
                store.get(target.key()).orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
        return ServedForm.served(target.type(), stored);
    }

    public boolean exists(Target target) {
        return store.contains(target.key());
    }

    public Listing list(Target target, Selection selection) {
        ResourceType type = target.type();
        Listing all = store.list(type.objects(target.namespace()));
        List<ObjectNode> selected = all.objects().stream()
                .filter(selection::selects)
                .map(object -> ServedForm.served(type, object))
                .toList();
        return new Listing(selected, all.version());
    }
}
