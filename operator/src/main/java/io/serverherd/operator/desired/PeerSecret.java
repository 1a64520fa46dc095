package io.serverherd.operator.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.pki.ServerCertificate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Secrets that peer links need: each server's own, which its pod mounts, and the authority's, which no pod does. */
public final class PeerSecret {
    private static final String TLS_TYPE = "kubernetes.io/tls";
    private static final String OPAQUE_TYPE = "Opaque";

    private PeerSecret() {}

    /** @param set of the server's StatefulSet */
    public static String nameOfServer(String set) {
        return set + "-peer-tls";
    }

    public static String nameOfAuthority(String herd) {
        return herd + "-peer-ca";
    }

    /** @param files names and texts */
    public static Secret ofServer(ServerHerd herd, PeerMember server, Map<String, String> files) {
        return ofServer(HerdIdentity.of(herd), server.server(), server.setName(), files);
    }

    static Secret ofServer(HerdIdentity herd, String server, String set, Map<String, String> files) {
        return new SecretBuilder()
                .withMetadata(herd.metadata(nameOfServer(set), Labels.ofServer(herd.name(), server, set)))
                .withType(TLS_TYPE)
                .withData(encoded(files))
                .build();
    }

    /** @param files names and texts */
    public static Secret ofAuthority(ServerHerd herd, Map<String, String> files) {
        return ofAuthority(HerdIdentity.of(herd), files);
    }

    static Secret ofAuthority(HerdIdentity identity, Map<String, String> files) {
        return new SecretBuilder()
                .withMetadata(identity.metadata(nameOfAuthority(identity.name())))
                .withType(OPAQUE_TYPE)
                .withData(encoded(files))
                .build();
    }

    /** @param files of a server; where one is missing it has nothing to show */
    public static Optional<CredentialHashes> hashes(Map<String, String> files) {
        String certificate = files.get(ServerCertificate.CERTIFICATE_FILE);
        String trust = files.get(ServerCertificate.TRUST_FILE);
        return certificate == null || trust == null
                ? Optional.empty()
                : Optional.of(new CredentialHashes(Sha256.hex(certificate), Sha256.hex(trust)));
    }

    /** Names and texts; what is not base64 is left out. */
    public static Map<String, String> files(Secret secret) {
        Map<String, String> files = new TreeMap<>();
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        data.forEach((name, value) -> {
            try {
                files.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException damaged) {
                // As good as not there.
            }
        });
        return files;
    }

    private static Map<String, String> encoded(Map<String, String> files) {
        Map<String, String> data = new TreeMap<>();
        files.forEach((name, text) ->
                data.put(name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return data;
    }
}
