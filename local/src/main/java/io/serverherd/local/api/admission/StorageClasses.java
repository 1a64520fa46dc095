package io.serverherd.local.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The StorageClasses there are, as claims ask for them. */
public interface StorageClasses {

    Optional<ObjectNode> named(String name);

    /** The name of the one that claims get which name none. */
    Optional<String> byDefault();
}
