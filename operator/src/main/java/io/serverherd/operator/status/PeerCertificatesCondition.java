package io.serverherd.operator.status;

import java.util.Optional;
import java.util.SortedMap;

/** Only while true: there are no certificates for some server's links, or it can't use those that it was given. */
final class PeerCertificatesCondition {
    static final String TYPE = "PeerCertificatesUnavailable";

    private PeerCertificatesCondition() {}

    /** @param awaited why cert-manager has issued none, by the Certificate's name */
    static Optional<Fact> of(Assessment herd, SortedMap<String, String> awaited) {
        if (!awaited.isEmpty()) {
            String first = awaited.firstKey();
            return Optional.of(Fact.of(
                    TYPE,
                    true,
                    "CertificatesNotReady",
                    "cert-manager has not issued " + Listing.of(awaited.keySet()) + "; of the first it says \""
                            + awaited.get(first) + "\" (more: kubectl describe certificate,certificaterequest)"));
        }
        return herd.certificateProblems().entrySet().stream()
                .findFirst()
                .map(first -> Fact.of(
                        TYPE,
                        true,
                        "CertificatesRefused",
                        "newer certificates can't be used by "
                                + Listing.of(herd.certificateProblems().keySet()) + "; " + first.getKey() + " says \""
                                + first.getValue() + "\""));
    }
}
