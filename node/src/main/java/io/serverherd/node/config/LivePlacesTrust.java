package io.serverherd.node.config;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trust in force. A file that is gone takes its authorities with it; one that holds no certificates leaves in force what
 * was, and the error says so.
 */
public final class LivePlacesTrust {
    private final Logger log = LoggerFactory.getLogger(LivePlacesTrust.class);
    private volatile State state = new State(PlacesTrust.DEFAULT, null);

    /** @param error what is wrong with the file as it is now; null when nothing is */
    public record State(PlacesTrust trust, String error) {}

    public State state() {
        return state;
    }

    public PlacesTrust trust() {
        return state.trust;
    }

    /** Takes in what the file holds now. */
    public void read(FileContent content) {
        if (content instanceof FileContent.Present present) {
            try {
                state = new State(PlacesTrust.parse(present.bytes()), null);
                log.atInfo()
                        .addKeyValue("authorities", state.trust.authorities().size())
                        .log("places-ca.read");
            } catch (PlacesTrust.RefusedException e) {
                refuse(state.trust, e.getMessage());
            }
        } else if (content instanceof FileContent.Unreadable unreadable) {
            refuse(state.trust, unreadable.reason());
        } else {
            refuse(PlacesTrust.DEFAULT, "is missing");
        }
    }

    private void refuse(PlacesTrust inForce, String reason) {
        state = new State(inForce, reason);
        log.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("authorities", inForce.authorities().size())
                .log("places-ca.refused");
    }
}
