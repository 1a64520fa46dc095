package io.serverherd.operator.desired;

import java.util.Optional;

/**
 * What the operator adds where a herd says nothing.
 *
 * @param nodeImage         image of the servers
 * @param placesEndpoint    scheme, host and optional port and path of Google Places, without a slash at the end
 * @param proxies           of servers
 * @param operatorNamespace where the operator itself runs; empty: not known
 */
public record HerdSettings(
        String nodeImage, String placesEndpoint, ProxyVariables proxies, Optional<String> operatorNamespace) {

    public HerdSettings withNodeImage(String image) {
        return new HerdSettings(image, placesEndpoint, proxies, operatorNamespace);
    }
}
