package io.serverherd.operator.desired;

import java.util.Optional;

/**
 * What the operator adds where a herd says nothing.
 *
 * @param nodeImage         image of the servers
 * @param placesEndpoint    scheme, host and optional port and path of Google Places, without a slash at the end
 * @param proxies           of servers
 * @param operatorNamespace where the operator itself runs; empty: not known
 * @param trustDomain       in the identities of servers
 * @param links             how they are to be secured now
 */
public record HerdSettings(
        String nodeImage,
        String placesEndpoint,
        ProxyVariables proxies,
        Optional<String> operatorNamespace,
        String trustDomain,
        LinkSecurity links) {

    public HerdSettings withNodeImage(String image) {
        return new HerdSettings(image, placesEndpoint, proxies, operatorNamespace, trustDomain, links);
    }

    public HerdSettings withLinks(LinkSecurity now) {
        return new HerdSettings(nodeImage, placesEndpoint, proxies, operatorNamespace, trustDomain, now);
    }
}
