package io.serverherd.node.places;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;

/** What makes two requests to Google identical. A new key or configuration makes a new question. */
record Question(String location, String radiusKm, PlacesConfig config, PlacesKey key) {}
