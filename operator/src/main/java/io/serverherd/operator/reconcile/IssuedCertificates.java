package io.serverherd.operator.reconcile;

import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.PeerTlsSpec;
import io.serverherd.operator.certmanager.Certificate;
import io.serverherd.operator.desired.CertificateMakers;
import io.serverherd.operator.desired.LinkSecurity;
import io.serverherd.operator.desired.PeerCertificate;
import io.serverherd.operator.desired.PeerMember;
import io.serverherd.operator.observe.ObservedHerd;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far cert-manager has come with the certificates of a herd's servers. */
record IssuedCertificates(List<PeerMember> members, ObservedHerd observed) {

    /** Who issues those that are there; empty: there are none. */
    Optional<IssuerRef> issuer() {
        return members.stream()
                .flatMap(member -> of(member).stream())
                .map(certificate -> certificate.getSpec().issuerRef())
                .findFirst();
    }

    /** Every server's. */
    boolean areThere() {
        return members.stream()
                .allMatch(member -> of(member).filter(Certificate::ready).isPresent());
    }

    LinkSecurity.Issued of(PeerTlsSpec wanted, CertificateMakers makers) {
        return new LinkSecurity.Issued(
                makers.issuer(),
                // Where the operator's are there as well, servers take those.
                makers.operator() ? Map.of() : ends(),
                wanted.byCertManager() ? awaited() : new TreeMap<>());
    }

    private Map<String, Instant> ends() {
        Map<String, Instant> ends = new HashMap<>();
        members.forEach(member -> of(member)
                .filter(Certificate::ready)
                .flatMap(Certificate::ends)
                .ifPresent(end -> ends.put(member.server(), end)));
        return ends;
    }

    private SortedMap<String, String> awaited() {
        SortedMap<String, String> awaited = new TreeMap<>();
        for (PeerMember member : members) {
            Optional<Certificate> certificate = of(member);
            if (certificate.filter(Certificate::ready).isEmpty()) {
                awaited.put(
                        PeerCertificate.nameOf(member.setName()),
                        certificate.map(Certificate::awaits).orElse("not made yet"));
            }
        }
        return awaited;
    }

    private Optional<Certificate> of(PeerMember member) {
        return observed.certificate(PeerCertificate.nameOf(member.setName()));
    }
}
