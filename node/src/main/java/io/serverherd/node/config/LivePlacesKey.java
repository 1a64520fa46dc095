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
    private volatile State state = new State(PlacesKey.MISSING, null);

    /** @param error what is wrong with the file as it is now; null when nothing is */
    public record State(PlacesKey key, String error) {}

    public State state() {
        return state;
    }

    public PlacesKey key() {
        return state.key;
    }

    /** Takes in what the key file holds now. */
    public void read(FileContent content) {
        PlacesKey key = state.key;
        try {
            key = parse(content);
        } catch (PlacesKey.RefusedException e) {
            state = new State(key, e.getMessage());
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("keeping", key.state().name().toLowerCase(Locale.ROOT))
                    .log("places-key.refused");
            return;
        }
        state = new State(key, null);
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
