package io.serverherd.node.places;

/**
 * What a WHATSAT asks of Places. The texts are validated ASCII, spelled as the clients spelled them.
 *
 * @param location ISO 6709 of the stored record, e.g. {@code +34.068930-118.445127}
 * @param radiusKm decimal kilometres, 0 to 50, e.g. {@code 10} or {@code 0.50}
 * @param bound    how many results at most, 0 to 20
 */
public record PlacesQuery(String location, String radiusKm, int bound) {}
