package io.serverherd.operator.status;

import io.serverherd.operator.api.CaSecretRef;
import io.serverherd.operator.api.ClientTlsSpec;
import io.serverherd.operator.api.ServerHerd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Only while true: clients are to have TLS, and some server lets none in or can't use what it was given last. */
final class ClientTlsCondition {
    static final String TYPE = "ClientTlsUnavailable";

    private ClientTlsCondition() {}

    /** @param awaited why cert-manager has issued no certificate; empty: it has, or is not asked */
    static Optional<Fact> of(Assessment assessment, ServerHerd herd, Optional<String> awaited) {
        Map<String, String> problems = assessment.clientTlsProblems();
        ClientTlsSpec wanted = herd.getSpec().clientTls();
        if (awaited.isPresent()) {
            return fact(
                    "ClientCertificateNotReady",
                    "cert-manager has not issued the certificate for clients; it says \"" + awaited.get()
                            + "\" (more: kubectl describe certificate,certificaterequest)");
        }
        if (wanted == null || problems.isEmpty()) {
            return Optional.empty();
        }
        String kubectl = ": kubectl -n " + herd.getMetadata().getNamespace() + " create secret ";
        List<String> lackingCertificate = lacking(problems, "tls.");
        if (wanted.secretRef() != null && !lackingCertificate.isEmpty()) {
            String secret = wanted.secretRef().name();
            return fact(
                    "ClientCertificateMissing",
                    "Secret \"" + secret + "\" has no certificate for clients on " + Listing.of(lackingCertificate)
                            + kubectl + "tls " + secret + " --cert=tls.crt --key=tls.key");
        }
        CaSecretRef ca = wanted.clientCaSecretRef();
        List<String> lackingCa = lacking(problems, "ca.");
        if (ca != null && !lackingCa.isEmpty()) {
            return fact(
                    "ClientCaMissing",
                    "key \"" + ca.key() + "\" of Secret \"" + ca.name() + "\" is missing on " + Listing.of(lackingCa)
                            + ", which lets no client in" + kubectl + "generic " + ca.name() + " --from-file="
                            + ca.key() + "=ca.crt");
        }
        Map.Entry<String, String> first = problems.entrySet().iterator().next();
        return fact(
                "ClientCertificateRefused",
                "files for TLS with clients can't be used by " + Listing.of(problems.keySet()) + "; " + first.getKey()
                        + " says \"" + first.getValue() + "\"");
    }

    private static Optional<Fact> fact(String reason, String message) {
        return Optional.of(Fact.of(TYPE, true, reason, message));
    }

    /** Servers that say that there is no file whose name begins so. */
    private static List<String> lacking(Map<String, String> problems, String file) {
        return problems.entrySet().stream()
                .filter(problem -> problem.getValue().startsWith(file)
                        && problem.getValue().contains(": missing in "))
                .map(Map.Entry::getKey)
                .toList();
    }
}
