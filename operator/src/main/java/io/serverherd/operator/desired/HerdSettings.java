package io.serverherd.operator.desired;

/**
 * What the operator adds where a herd says nothing.
 *
 * @param nodeImage      image of the servers
 * @param placesEndpoint scheme, host and optional port and path of Google Places, without a slash at the end
 */
public record HerdSettings(String nodeImage, String placesEndpoint) {}
