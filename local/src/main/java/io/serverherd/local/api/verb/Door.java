package io.serverherd.local.api.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.json.Json;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.patch.FieldWriter;
import java.time.Instant;

/** Where a write comes in, and what of the object it can reach from there. */
enum Door {
    OBJECT {
        @Override
        ObjectNode reach(ResourceType type, ObjectNode live, ObjectNode incoming) {
            ObjectNode object = incoming.deepCopy();
            if (type.subresources().status()) {
                copy("status", live, object);
            }
            return object;
        }

        @Override
        FieldWriter writer(ResourceType type, String manager, Instant at) {
            return FieldWriter.ofObject(
                    manager, type.apiVersion(), type.subresources().status(), at);
        }
    },
    STATUS {
        @Override
        ObjectNode reach(ResourceType type, ObjectNode live, ObjectNode incoming) {
            ObjectNode object = live.deepCopy();
            copy("status", incoming, object);
            copy("managedFields", incoming.path("metadata"), Json.child(object, "metadata"));
            return object;
        }

        @Override
        FieldWriter writer(ResourceType type, String manager, Instant at) {
            return FieldWriter.ofStatus(manager, type.apiVersion(), at);
        }
    },
    SCALE {
        @Override
        ObjectNode reach(ResourceType type, ObjectNode live, ObjectNode incoming) {
            return OBJECT.reach(type, live, incoming);
        }

        @Override
        FieldWriter writer(ResourceType type, String manager, Instant at) {
            return FieldWriter.ofScale(manager, type.apiVersion(), at);
        }
    };

    static Door of(String subresource) {
        return subresource.equals("status") ? STATUS : OBJECT;
    }

    /** The live object with what the incoming one may change of it. */
    abstract ObjectNode reach(ResourceType type, ObjectNode live, ObjectNode incoming);

    abstract FieldWriter writer(ResourceType type, String manager, Instant at);

    private static void copy(String member, JsonNode from, ObjectNode to) {
        if (from.has(member)) {
            to.set(member, from.get(member).deepCopy());
        } else {
            to.remove(member);
        }
    }
}
