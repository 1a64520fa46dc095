package io.serverherd.local.api.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serverherd.local.api.http.ApiRequest;
import io.serverherd.local.api.kind.ResourceType;
import io.serverherd.local.api.store.Listing;
import java.time.Clock;

/** What a client wants to see, by its Accept header. A view may be used for one answer or one watch only. */
public interface View {

    /** One object in its served form, or an event's part of a watch. */
    ObjectNode object(ObjectNode served);

    ObjectNode list(Listing listing);

    /** Picks the first form of the Accept header that we have; JSON of the objects otherwise. */
    static View of(ApiRequest request, ResourceType type, Clock clock) {
        for (String accepted : request.accept().split(",")) {
            if (accepted.contains("as=Table")) {
                return new TableView(type, request.parameter("includeObject").orElse("Metadata"), clock);
            }
            if (accepted.contains("as=PartialObjectMetadata")) {
                return new MetadataView();
            }
            if (accepted.trim().startsWith("application/json")) {
                break;
            }
        }
        return new ObjectView(type);
    }
}
