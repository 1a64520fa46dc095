package io.serverherd.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A herd: named servers, and which of them are neighbours. The source of the CRD in {@code crds/}. */
@Group("serverherd.io")
@Version("v1alpha1")
@Kind("ServerHerd")
@Plural("serverherds")
@Singular("serverherd")
@ShortNames("herd")
@Categories("all")
@JsonClassDescription("A herd of application servers that flood their clients' positions to each other: the servers,"
        + " which of them are neighbours, and how they run.")
@ValidationRule(value = ServerHerd.NAME_RULE, message = ServerHerd.NAME_MESSAGE)
@AdditionalPrinterColumn(
        name = "Servers",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.summary.servers",
        getDescription = "Servers that are ready, of all")
@AdditionalPrinterColumn(
        name = "Edges",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.summary.edges",
        getDescription = "Edges that both ends call connected, of all")
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        getDescription = "Whether every server is ready")
@AdditionalPrinterColumn(
        name = "Status",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.summary.state",
        getDescription = "What the herd is doing, in words")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp",
        getDescription = "Time since the herd was created")
@AdditionalPrinterColumn(
        name = "Image",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.image",
        priority = 1,
        getDescription = "The image that was asked for; empty: the operator's default")
public class ServerHerd extends CustomResource<ServerHerdSpec, ServerHerdStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    /** Services {@code NAME} and {@code NAME-peers} must be possible, and no herd's Service may be another's. */
    public static final String NAME_PATTERN = "^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$";

    public static final String NAME_MESSAGE =
            "metadata.name must be 1 to 50 lower-case letters, digits and '-', start with a letter, not end with '-'"
                    + " and not end with '-peers', since Services are named after the herd";

    static final String NAME_RULE =
            "self.metadata.name.matches('" + NAME_PATTERN + "') && !self.metadata.name.endsWith('-peers')";

    @Override
    @Required
    public ServerHerdSpec getSpec() {
        return super.getSpec();
    }

    /** Nothing but its status may be written. */
    public boolean paused() {
        return getSpec() != null && Boolean.TRUE.equals(getSpec().paused());
    }

    /** Of a spec that is there. */
    public PeerTlsSpec peerTls() {
        return getSpec().peerTls() == null
                ? PeerTlsSpec.NOTHING_SAID
                : getSpec().peerTls();
    }

    @Override
    protected ServerHerdSpec initSpec() {
        return null;
    }

    @Override
    protected ServerHerdStatus initStatus() {
        return null;
    }
}
