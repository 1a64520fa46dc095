package io.serverherd.node.places;

import io.serverherd.node.config.PlacesConfig;
import io.serverherd.node.config.PlacesKey;
import io.serverherd.node.config.PlacesTrust;

/** What makes two requests to Google identical. A new key, trust or configuration makes a new question. */
record Question(String location, String radiusKm, PlacesConfig config, PlacesKey key, PlacesTrust trust) {}
