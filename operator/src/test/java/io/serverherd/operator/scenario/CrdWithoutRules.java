package io.serverherd.operator.scenario;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Consumer;

/** A cluster's CRD for as long as its CEL rules are taken out: as an API server without CEL, or an old CRD, would be. */
final class CrdWithoutRules implements AutoCloseable {

    private static final String NAME = "serverherds.serverherd.io";
    private static final HerdManifest AGAINST_THE_RULES =
            HerdManifest.herd("probe").servers("A").edges("A-Nobody");

    private final KubernetesClient client;
    private final String namespace;
    private final CustomResourceDefinitionSpec withRules;
    private final List<ManagedFieldsEntry> managers;

    /** @param namespace where it tries whether the API server has taken notice; nothing is left there */
    CrdWithoutRules(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        CustomResourceDefinition crd = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(NAME)
                .get();
        managers = List.copyOf(crd.getMetadata().getManagedFields());
        withRules = client.getKubernetesSerialization().clone(crd).getSpec();
        crd.getSpec()
                .getVersions()
                .forEach(version -> dropRules(version.getSchema().getOpenAPIV3Schema()));
        put(crd.getSpec());
    }

    /** Until the API server takes what it refused before. */
    void awaitInForce() {
        await().atMost(OperatedCluster.PATIENCE).until(this::acceptsAnything);
    }

    @Override
    public void close() {
        put(withRules);
        // Who had applied the CRD could otherwise not do so again: its fields would be ours.
        edit(crd -> crd.getMetadata().setManagedFields(managers));
        await().atMost(OperatedCluster.PATIENCE).until(() -> !acceptsAnything());
    }

    private void put(CustomResourceDefinitionSpec spec) {
        edit(crd -> crd.setSpec(spec));
    }

    private void edit(Consumer<CustomResourceDefinition> change) {
        client.apiextensions().v1().customResourceDefinitions().withName(NAME).edit(crd -> {
            change.accept(crd);
            return crd;
        });
    }

    private boolean acceptsAnything() {
        try {
            ServerSideApply.dryRun(client, AGAINST_THE_RULES.in(namespace));
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    private static void dropRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(null);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(CrdWithoutRules::dropRules);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            dropRules(schema.getItems().getSchema());
        }
    }
}
