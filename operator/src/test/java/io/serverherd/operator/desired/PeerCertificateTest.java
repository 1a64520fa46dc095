package io.serverherd.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.serverherd.operator.Herds;
import io.serverherd.operator.api.IssuerRef;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.certmanager.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeerCertificateTest {
    private static final IssuerRef CA = new IssuerRef("herd-ca", null, null);

    @Test
    void certManagerIsAskedForExactlyTheServersIdentity() {
        Certificate certificate = certificates(Herds.herd("h", "A-B")).get(0);

        assertThat(new KubernetesSerialization().asYaml(certificate).replace("\"", ""))
                .isEqualTo("""
                ---
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata:
                  labels:
                    app.kubernetes.io/component: server
                    app.kubernetes.io/instance: h
                    app.kubernetes.io/managed-by: serverherd-operator
                    app.kubernetes.io/name: serverherd
                    serverherd.io/herd: h
                    serverherd.io/server: A
                    serverherd.io/set: h-a
                  name: h-a-peer-cert
                  namespace: default
                  ownerReferences:
                  - apiVersion: serverherd.io/v1alpha1
                    kind: ServerHerd
                    blockOwnerDeletion: true
                    controller: true
                    name: h
                    uid: uid-of-h
                spec:
                  secretName: h-a-peer-cert
                  secretTemplate:
                    labels:
                      app.kubernetes.io/component: server
                      app.kubernetes.io/name: serverherd
                      serverherd.io/herd: h
                      serverherd.io/server: A
                      serverherd.io/set: h-a
                  issuerRef:
                    name: herd-ca
                    kind: Issuer
                    group: cert-manager.io
                  subject:
                    organizations:
                    - serverherd
                  uris:
                  - spiffe://cluster.local/ns/default/herd/h/server/A
                  dnsNames:
                  - h-a-0.h-peers.default.svc
                  usages:
                  - digital signature
                  - server auth
                  - client auth
                  privateKey:
                    algorithm: ECDSA
                    size: 256
                    encoding: PKCS8
                    rotationPolicy: Always
                  duration: 720h0m0s
                  renewBefore: 240h0m0s
                  revisionHistoryLimit: 1
                """);
    }

    @Test
    void aServerIsToldToLookWhenItsCertificateIsAnother() {
        ServerHerd herd = Herds.herd("h", "A-B");
        Instant end = Instant.parse("2026-12-22T23:54:41Z");

        DesiredServer without = desired(herd, Map.of()).servers().get(0);
        DesiredServer with = desired(herd, Map.of("A", end)).servers().get(0);
        DesiredServer renewed =
                desired(herd, Map.of("A", end.plusSeconds(1))).servers().get(0);

        assertThat(Set.of(without.filesHash(), with.filesHash(), renewed.filesHash()))
                .hasSize(3);
        assertThat(with.configHash()).isEqualTo(without.configHash());
    }

    private static List<Certificate> certificates(ServerHerd herd) {
        return desired(herd, Map.of()).objects().stream()
                .filter(Certificate.class::isInstance)
                .map(Certificate.class::cast)
                .toList();
    }

    private static DesiredHerd desired(ServerHerd herd, Map<String, Instant> ends) {
        return DesiredHerd.of(
                herd,
                Herds.SETTINGS.withLinks(new LinkSecurity(
                        LinkSecurity.Own.NOTHING,
                        new LinkSecurity.Issued(Optional.of(CA), ends, new TreeMap<>()),
                        Set.of(),
                        Set.of())));
    }
}
