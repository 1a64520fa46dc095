package io.serverherd.operator.api;

/**
 * The rules of the CRD that need more than one value. The room {@code validation} has the same ones.
 *
 * <p>An API server refuses a CRD whose rules could cost too much, and ends a rule at run time that does. So a list that is
 * looked into many times is computed once: {@code [LIST].all(name, …)} gives it a name, for CEL has no variables here.
 */
final class CelRules {
    private CelRules() {}

    private static final String TWIN = "self.exists_one(t, t.name.lowerAscii() == s.name.lowerAscii())";
    static final String NAMES_UNIQUE = "self.all(s, " + TWIN + ")";
    static final String NAMES_UNIQUE_MESSAGE = "self.map(s, !" + TWIN
            + ", 'server \"' + s.name + '\" is listed twice: names must differ in more than upper and lower case')[0]";

    /** An amount is a number or a text; whatever its suffix, one above zero has another digit than 0 before it. */
    static final String SIZE_ABOVE_ZERO = "string(self).matches('^[0-9.]*[1-9]')";

    static final String ENDS_DIFFER = "self.a != self.b";
    static final String ENDS_DIFFER_MESSAGE =
            "'server \"' + self.a + '\" has an edge to itself: an edge joins two different servers'";

    static final String SERVICE_NAMES_FREE = "!has(self.service) || !has(self.service.perServer)"
            + " || !self.service.perServer || self.servers.all(s, s.name.lowerAscii() != '" + ServiceSpec.TAKEN_NAME
            + "')";

    private static final String IS_NEW = "(has(self.api) && self.api == '" + PlacesSpec.NEW + "')";
    static final String KEYWORD_IS_LEGACY = "!has(self.keyword) || !" + IS_NEW;
    static final String LANGUAGE_IS_LEGACY = "!has(self.language) || !" + IS_NEW;
    static final String TYPE_IS_LEGACY = "!has(self.type) || !" + IS_NEW;
    static final String INCLUDED_TYPES_ARE_NEW = "!has(self.includedTypes) || " + IS_NEW;
    static final String LANGUAGE_CODE_IS_NEW = "!has(self.languageCode) || " + IS_NEW;
    static final String RANK_IS_NEW = "!has(self.rankPreference) || " + IS_NEW;
    static final String SECOND_IS_SHARED = "!has(self.places) || !has(self.places.maxRequestsPerSecond)"
            + " || self.places.maxRequestsPerSecond >= size(self.servers)";
    static final String DAY_IS_SHARED = "!has(self.places) || !has(self.places.maxRequestsPerDay)"
            + " || self.places.maxRequestsPerDay >= size(self.servers)";

    static final String SECRET_IS_NOT_OURS = "!self.name.matches('" + SecretKeyRef.OURS_PATTERN + "')";

    static final String ISSUER_FITS_MODE =
            "has(self.issuerRef) == (has(self.mode) && self.mode == '" + PeerTlsSpec.CERT_MANAGER + "')";
    static final String ISSUER_KIND_KNOWN = "!has(self.kind) || self.kind in ['" + IssuerRef.ISSUER + "', '"
            + IssuerRef.CLUSTER_ISSUER + "'] || (has(self.group) && self.group != '" + IssuerRef.OWN_GROUP + "')";

    static final String ONE_CERTIFICATE = "has(self.secretRef) != has(self.issuerRef)";
    static final String NAMES_FOR_ISSUER = "!has(self.dnsNames) || has(self.issuerRef)";

    static final String LABELS_FREE = "self.all(k, !k.startsWith('" + PodSettings.OWN_PREFIX + "') && !(k in ['"
            + PodSettings.OWN_LABEL_LIST + "']))";
    static final String ANNOTATIONS_FREE = "self.all(k, !k.startsWith('" + PodSettings.OWN_PREFIX
            + "') && !k.startsWith('" + PodSettings.APPARMOR_PREFIX + "') && !k.startsWith('"
            + PodSettings.SECCOMP_PREFIX + "') && !k.startsWith('" + PodSettings.POD_SECCOMP_PREFIX + "'))";

    static final String VALUES_FIT_OPERATOR =
            "has(self.values) == (self.operator in ['" + NodeRequirement.IN + "', '" + NodeRequirement.NOT_IN + "'])";

    static final String PODS_OR_ADDRESSES = "has(self.cidr) != (has(self.namespaceLabels) || has(self.podLabels))";

    private static final String NAMES = "[self.servers.map(s, s.name)]";
    static final String NEIGHBOURS_KNOWN =
            "!has(self.edges) || " + NAMES + ".all(names, self.edges.all(e, e.a in names && e.b in names))";
    static final String NEIGHBOURS_KNOWN_MESSAGE =
            NAMES + ".map(names, self.edges.map(e, !(e.a in names && e.b in names),"
                    + " 'edge ' + e.a + '-' + e.b + ' names \"' + (e.a in names ? e.b : e.a)"
                    + " + '\", which is not in spec.servers; names must match exactly')[0])[0]";
}
