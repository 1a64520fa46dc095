package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    genre=jazz                      | trio
                    genre==jazz                     | trio
                    genre!=jazz                     | band choir
                    genre in (jazz, rock)           | band trio
                    genre notin (jazz,rock)         | choir
                    genre                           | band trio
                    !genre                          | choir
                    genre in (jazz,rock),loud=yes   | band
                    example.org/size=3              | trio
                    """)
    void labelSelectorsSelect(String selector, String names) {
        api.createConfigMap("trio", Map.of("genre", "jazz", "example.org/size", "3"));
        api.createConfigMap("band", Map.of("genre", "rock", "loud", "yes"));
        api.createConfigMap("choir", Map.of());

        assertThat(names("configmaps?labelSelector=" + encoded(selector))).containsExactly(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    metadata.name=here                          | here
                    metadata.namespace=default                  | done here nowhere
                    spec.nodeName=node                          | done here
                    spec.nodeName=                              | nowhere
                    status.phase!=Succeeded                     | here nowhere
                    spec.nodeName=node,status.phase=Succeeded   | done
                    """)
    void fieldSelectorsSelectPods(String selector, String names) {
        TestPods.running(api.client(), "here");
        TestPods.running(api.client(), "done");
        TestPods.setRunning(api.client(), "done", false);
        api.client()
                .resource(TestPods.pod("nowhere")
                        .editSpec()
                        .withNodeName(null)
                        .endSpec()
                        .build())
                .create();

        assertThat(names("pods?fieldSelector=" + encoded(selector))).containsExactly(names.split(" "));
    }

    @Test
    void eventsAreSelectedByWhatTheyAreAbout() {
        createEvent("first", "singer");
        createEvent("second", "drummer");

        assertThat(names("events?fieldSelector="
                        + encoded(
                                "involvedObject.kind=Pod,involvedObject.name=singer,involvedObject.namespace=default")))
                .containsExactly("first");
    }

    @Test
    void describeShowsThePodsEvents() {
        String uid = TestPods.running(api.client(), "singer").getMetadata().getUid();
        createEvent("first", "singer", uid);

        assertThat(api.kubectl().run("describe", "pod", "singer").succeeds())
                .contains("Image:          x:1")
                .contains("Sings well");
    }

    @Test
    void eventsAreTheSameInBothOfTheirGroups() {
        createEvent("first", "singer");

        var event = api.client().events().v1().events().withName("first").get();

        assertThat(event.getNote()).isEqualTo("Sings well");
        assertThat(event.getRegarding().getName()).isEqualTo("singer");
    }

    private void createEvent(String name, String pod) {
        createEvent(name, pod, null);
    }

    private void createEvent(String name, String pod, String uid) {
        api.client()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("default")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("Pod")
                        .withNamespace("default")
                        .withName(pod)
                        .withUid(uid)
                        .endInvolvedObject()
                        .withReason("Sang")
                        .withMessage("Sings well")
                        .withType("Normal")
                        .withCount(3)
                        .build())
                .create();
    }

    private List<String> names(String path) {
        var items = io.serverherd.local.api.json.Json.object(
                        api.get("/api/v1/namespaces/default/" + path).body())
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.at("/metadata/name").asText())
                .toList();
    }

    private static String encoded(String selector) {
        return URLEncoder.encode(selector, StandardCharsets.UTF_8);
    }
}
