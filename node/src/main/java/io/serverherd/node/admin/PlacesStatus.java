package io.serverherd.node.admin;

/**
 * How the asking of Places stands.
 *
 * @param key      loaded, missing or empty
 * @param keyError what is wrong with the key's file as it is now; null when nothing is
 * @param caError  the same of the authorities' file
 * @param daySpent whether the day's budget is used up
 */
public record PlacesStatus(String key, String keyError, String caError, boolean daySpent) {}
