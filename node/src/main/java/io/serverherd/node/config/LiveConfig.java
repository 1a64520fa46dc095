package io.serverherd.node.config;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force. A file that is broken or gone leaves the last good one in force, and the state says so; a
 * server whose file was never good runs without neighbours and waits for one.
 */
public final class LiveConfig {
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Logger log = LoggerFactory.getLogger(LiveConfig.class);
    private final HerdConfigParser parser;
    private final Clock clock;
    private volatile State state = new State(HerdConfig.NONE, null, null, 0);

    /**
     * @param config   in force
     * @param loadedAt when it came into force; null while no file was ever good
     * @param error    what is wrong with the file as it is now; null when nothing is
     * @param refused  how many times the file was found to be missing or wrong
     */
    public record State(HerdConfig config, Instant loadedAt, String error, long refused) {
        public boolean loaded() {
            return loadedAt != null;
        }
    }

    public LiveConfig(HerdConfigParser parser, Clock clock) {
        this.parser = parser;
        this.clock = clock;
    }

    public State state() {
        return state;
    }

    /**
     * Takes in what the file holds now. One thread at a time.
     *
     * @param apply brings a configuration into force and returns when that is done: the hash in {@link #state()} is
     *     what others take as proof
     */
    public void read(FileContent content, Consumer<HerdConfig> apply) {
        HerdConfig config;
        try {
            config = parse(content);
        } catch (HerdConfigException e) {
            keep(e.getMessage());
            return;
        }
        try {
            apply.accept(config);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("hash", config.hash()).setCause(e).log("config.not-applied");
            keep("herd.json: could not be put in force, the log tells why");
            return;
        }
        state = new State(config, clock.instant(), null, state.refused());
        log.atInfo()
                .addKeyValue("hash", config.hash())
                .addKeyValue("neighbours", config.neighbours().size())
                .addKeyValue("logMessages", config.logMessages())
                .log("config.loaded");
    }

    private HerdConfig parse(FileContent content) throws HerdConfigException {
        if (content instanceof FileContent.Present present) {
            return parser.parse(present.bytes());
        }
        throw new HerdConfigException(
                content instanceof FileContent.Unreadable unreadable
                        ? "herd.json: " + unreadable.reason()
                        : "herd.json: missing in HERD_CONFIG_DIR");
    }

    private void keep(String reason) {
        State now = state;
        String consequence = now.loaded()
                ? "keeping the configuration loaded at " + TIME_OF_DAY.format(now.loadedAt())
                : "running without neighbours until the file is there and right";
        state = new State(now.config(), now.loadedAt(), reason + "; " + consequence, now.refused() + 1);
        log.atWarn().addKeyValue("error", state.error()).log("config.refused");
    }
}
