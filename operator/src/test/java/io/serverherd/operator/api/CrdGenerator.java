package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Turns the classes of this package into the CRD's YAML; adds what no annotation of the generator can say. */
public final class CrdGenerator {
    private static final String HEADER =
            "# Generated from io.serverherd.operator.api by `make generate`; do not edit.\n";

    private CrdGenerator() {}

    public static String yaml() {
        Completion completion = new Completion();
        new CRDGenerator()
                .customResourceClasses(ServerHerd.class)
                .forCRDVersions("v1")
                .withPostProcessor(completion)
                .withOutput(new Nowhere())
                .generate();
        // The generator's own YAML leaves the enum value False without quotes, which is no text any more.
        return HEADER + new KubernetesSerialization().asYaml(completion.crd).replaceFirst("^---\n", "");
    }

    private static final class Completion implements CRDPostProcessor {
        private CustomResourceDefinition crd;

        @Override
        public HasMetadata process(HasMetadata generated, String crdVersion) {
            crd = (CustomResourceDefinition) generated;
            CustomResourceDefinitionVersion version =
                    crd.getSpec().getVersions().get(0);
            orderColumnsAsDeclared(version);
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            JSONSchemaProps spec = root.getProperties().get("spec");
            JSONSchemaProps status = root.getProperties().get("status");
            describe(root, ServerHerd.class);
            describe(spec, ServerHerdSpec.class);
            describe(status, ServerHerdStatus.class);
            dropRepeatedRules(root);
            complete(spec, ServerHerdSpec.class);
            listMap(spec, "servers", "name");
            listMap(spec, "edges", "a", "b");
            listMap(status, "conditions", "type");
            listMap(status, "servers", "name");
            // On the object, not on the field: only so a new herd, which has no status, has it.
            status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
            status.getProperties()
                    .get("conditions")
                    .getItems()
                    .getSchema()
                    .getProperties()
                    .get("lastTransitionTime")
                    .setFormat("date-time");
            return crd;
        }

        private static void describe(JSONSchemaProps schema, Class<?> type) {
            schema.setDescription(type.getAnnotation(JsonClassDescription.class).value());
        }

        // An annotation of a record's component is found twice, on the field and on the accessor.
        private static void dropRepeatedRules(JSONSchemaProps schema) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
            if (schema.getProperties() != null) {
                schema.getProperties().values().forEach(Completion::dropRepeatedRules);
            }
            if (schema.getItems() != null) {
                dropRepeatedRules(schema.getItems().getSchema());
            }
        }

        private static void listMap(JSONSchemaProps parent, String property, String... keys) {
            JSONSchemaProps list = parent.getProperties().get(property);
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of(keys));
        }

        /** Down the records and their schemas side by side. */
        private static void complete(JSONSchemaProps schema, Type type) {
            if (schema.getXKubernetesIntOrString() != null) {
                schema.setPattern(ServerHerdSpec.QUANTITY_PATTERN);
                schema.setMinimum(0.0);
            } else if (type instanceof ParameterizedType generic && schema.getItems() != null) {
                schema.setXKubernetesListType("atomic");
                complete(schema.getItems().getSchema(), generic.getActualTypeArguments()[0]);
            } else if (type instanceof ParameterizedType generic) {
                complete(schema.getAdditionalProperties().getSchema(), generic.getActualTypeArguments()[1]);
            } else if (type instanceof Class<?> plain && plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    completeMember(schema.getProperties().get(component.getName()), component);
                }
            }
        }

        private static void completeMember(JSONSchemaProps member, RecordComponent component) {
            OneOf oneOf = component.getAccessor().getAnnotation(OneOf.class);
            if (oneOf != null) {
                member.setEnum(Arrays.stream(oneOf.value())
                        .<JsonNode>map(JsonNodeFactory.instance::textNode)
                        .toList());
            }
            complete(member, component.getGenericType());
        }

        // The generator sorts columns by their path, so Age would come first.
        private static void orderColumnsAsDeclared(CustomResourceDefinitionVersion version) {
            List<String> declared = Arrays.stream(ServerHerd.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                    .map(AdditionalPrinterColumn::name)
                    .toList();
            List<CustomResourceColumnDefinition> columns = new ArrayList<>(version.getAdditionalPrinterColumns());
            columns.sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
            version.setAdditionalPrinterColumns(columns);
        }
    }

    /** The generator insists on an output; its result is taken from the post-processor. */
    private static final class Nowhere extends CRDGenerator.AbstractCRDOutput<OutputStream> {
        @Override
        protected OutputStream createStreamFor(String crdName) {
            return OutputStream.nullOutputStream();
        }
    }
}
