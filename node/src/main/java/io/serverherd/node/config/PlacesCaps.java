package io.serverherd.node.config;

/**
 * How often this server may ask Google at most; its share of what the herd may.
 *
 * @param perSecond in any second; 0: no cap
 * @param perDay    in a day of UTC; 0: no cap
 */
public record PlacesCaps(int perSecond, int perDay) {
    public static final PlacesCaps NONE = new PlacesCaps(0, 0);
}
