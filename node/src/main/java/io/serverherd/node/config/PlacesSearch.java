package io.serverherd.node.config;

import java.util.List;
import java.util.Optional;

/**
 * What every question to Google asks for beside a place and a radius, in Google's own words.
 *
 * @param language of names and addresses: {@code language} of the legacy API, {@code languageCode} of the new one
 * @param keyword  of the legacy API
 * @param types    {@code type} of the legacy API, which takes one, {@code includedTypes} of the new one; empty: all
 * @param rank     {@code rankPreference} of the new API
 */
public record PlacesSearch(
        Optional<String> language, Optional<String> keyword, List<String> types, Optional<String> rank) {
    public static final PlacesSearch PLAIN =
            new PlacesSearch(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public PlacesSearch {
        types = List.copyOf(types);
    }
}
