package io.serverherd.node.config;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Places key in force. A key that is removed or emptied is gone at once, as one who revokes it expects; a file that
 * can't be a key leaves the old one in force.
 */
public final class LivePlacesKey {
    private final Logger log = LoggerFactory.getLogger(LivePlacesKey.class);
    private volatile PlacesKey key = PlacesKey.MISSING;

    public PlacesKey key() {
        return key;
    }

    /** Takes in what the key file holds now. */
    public void read(FileContent content) {
        try {
            key = parse(content);
        } catch (PlacesKey.RefusedException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("keeping", key.state().name().toLowerCase(Locale.ROOT))
                    .log("places-key.refused");
            return;
        }
        (key.loaded() ? log.atInfo() : log.atWarn())
                .addKeyValue("state", key.state().name().toLowerCase(Locale.ROOT))
                .log("places-key.read");
    }

    private static PlacesKey parse(FileContent content) throws PlacesKey.RefusedException {
        if (content instanceof FileContent.Present present) {
            return PlacesKey.parse(present.bytes());
        }
        if (content instanceof FileContent.Unreadable unreadable) {
            throw new PlacesKey.RefusedException(unreadable.reason());
        }
        return PlacesKey.MISSING;
    }
}
