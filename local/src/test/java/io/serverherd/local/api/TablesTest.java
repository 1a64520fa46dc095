package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code kubectl get} prints. */
@Timeout(120)
class TablesTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void aCustomResourceShowsItsColumnsInTheOrderOfTheDefinition() {
        api.defineBands();
        api.kubectl().runWith("""
                        apiVersion: example.org/v1
                        kind: Band
                        metadata: {name: trio}
                        spec: {players: 3, genre: jazz}
                        """, "create", "-f", "-").succeeds();
        api.send(
                "PATCH",
                "/apis/example.org/v1/namespaces/default/bands/trio/status",
                "application/merge-patch+json",
                "{\"status\":{\"conditions\":[{\"type\":\"Tuned\",\"status\":\"False\"},{\"type\":\"Ready\",\"status\":\"True\"}]}}");

        assertThat(api.kubectl().run("get", "bd").succeeds())
                .matches("(?s)NAME +PLAYERS +READY +AGE\ntrio +3 +True +\\d+s\n");
        assertThat(api.kubectl().run("get", "bands", "trio", "-o", "wide").succeeds())
                .matches("(?s)NAME +PLAYERS +READY +GENRE +AGE\ntrio +3 +True +jazz +\\d+s\n");
    }

    @Test
    void podsShowTheOneWordThatTellsMost() {
        TestPods.running(api.client(), "singer");
        TestPods.running(api.client(), "done");
        TestPods.setRunning(api.client(), "done", false);
        api.client().resource(TestPods.pod("waiting").build()).create();
        TestPods.running(api.client(), "leaving");
        api.send("DELETE", "/api/v1/namespaces/default/pods/leaving", "application/json", "");

        assertThat(api.kubectl().run("get", "pods").succeeds())
                .containsPattern("done +0/1 +Completed +2 ")
                .containsPattern("leaving +1/1 +Terminating +2 ")
                .containsPattern("singer +1/1 +Running +2 ")
                .containsPattern("waiting +0/1 +Pending +0 ");
        assertThat(api.kubectl().run("get", "pods", "singer", "-o", "wide").succeeds())
                .containsPattern("NODE +NOMINATED NODE +READINESS GATES")
                .containsPattern(" node +<none> +<none>");
    }

    @Test
    void servicesShowTheirAddressAndPorts() {
        api.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("stage")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "test")
                        .addNewPort()
                        .withName("a")
                        .withPort(12000)
                        .endPort()
                        .addNewPort()
                        .withName("b")
                        .withPort(80)
                        .withProtocol("UDP")
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        assertThat(api.kubectl().run("get", "svc", "-o", "wide").succeeds())
                .containsPattern("stage +ClusterIP +10\\.96\\.\\d+\\.\\d+ +<none> +12000/TCP,80/UDP +\\d+s +app=test");
    }

    @Test
    void getAllShowsTheKindsOfTheCategory() {
        api.defineBands();
        TestPods.running(api.client(), "singer");
        api.send(
                "POST",
                "/apis/example.org/v1/namespaces/default/bands",
                "application/json",
                "{\"metadata\":{\"name\":\"trio\"},\"spec\":{}}");

        assertThat(api.kubectl().run("get", "all").succeeds()).contains("pod/singer", "band.example.org/trio");
    }

    @Test
    void everyKindHasATable() {
        api.createConfigMap("tune", Map.of());

        for (String kind :
                api.kubectl().run("api-resources", "-o", "name").succeeds().split("\n")) {
            var answer = api.kubectl().run("get", kind, "-A");

            assertThat(answer.code()).as("get %s: %s", kind, answer.err()).isZero();
        }
    }
}
