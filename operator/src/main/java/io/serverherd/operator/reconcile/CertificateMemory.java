package io.serverherd.operator.reconcile;

import io.serverherd.operator.pki.Authorities;
import io.serverherd.operator.pki.ServerCertificate;
import io.serverherd.operator.pki.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers which certificates were found good a while ago: to check one takes three signatures, and a herd may have 200. */
final class CertificateMemory {
    /** A certificate is renewed ten days before it has to be. */
    private static final Duration TRUSTED_FOR = Duration.ofHours(1);
    /** Some 50 herds of full size; a forgotten one is checked again. */
    private static final int REMEMBERED = 10_000;

    private record Found(int checked, Instant at) {}

    private final Map<String, Found> byIdentity = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @return the files that the server is to have: those it has where they are good */
    synchronized Map<String, String> of(
            Map<String, String> files, ServerIdentity server, Authorities authorities, Instant now) {
        // Certificates and keys are compared by what they are; to write them out as text takes many times as long.
        int checked = List.of(files, authorities, server).hashCode();
        Found found = byIdentity.get(server.uri());
        if (found != null && found.checked == checked && now.isBefore(found.at.plus(TRUSTED_FOR))) {
            return files;
        }
        Map<String, String> good =
                ServerCertificate.keptOrIssued(files, server, authorities, now).data();
        if (good.equals(files)) {
            byIdentity.put(server.uri(), new Found(checked, now));
        }
        return good;
    }
}
