package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.serverherd.local.api.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class DiscoveryTest {

    @RegisterExtension
    final TestApi api = new TestApi();

    @Test
    void apiResourcesShowsNamesScopesAndVerbs() {
        api.defineBands();

        String resources = api.kubectl().run("api-resources", "-o", "wide").succeeds();

        assertThat(resources)
                .containsPattern("statefulsets +sts +apps/v1 +true +StatefulSet +create,delete,deletecollection,get")
                .containsPattern("namespaces +ns +v1 +false +Namespace +create,delete,get,list,patch,update,watch")
                .containsPattern("bands +bd +example.org/v1 +true +Band .* all");
    }

    @Test
    void apiVersionsFollowTheDefinitions() {
        assertThat(api.kubectl().run("api-versions").succeeds()).doesNotContain("example.org/v1");

        api.defineBands();

        assertThat(api.kubectl().run("api-versions").succeeds()).contains("example.org/v1", "apps/v1", "policy/v1");
    }

    @Test
    void explainDescribesACustomResource() {
        api.defineBands();

        assertThat(api.kubectl().run("explain", "band.spec").succeeds())
                .contains("What the band should be.", "players\t<integer>", "How many play.", "enum: jazz, rock");
    }

    @Test
    void explainDescribesWhatEveryObjectHas() {
        String explained = api.kubectl().run("explain", "pod").succeeds();

        assertThat(explained.lines().filter(line -> line.matches("  (apiVersion|kind|metadata)\t.*")))
                .containsExactly("  apiVersion\t<string>", "  kind\t<string>", "  metadata\t<ObjectMeta>");
        assertThat(explained).containsPattern("metadata\t<ObjectMeta>\n {4}Name, namespace");
    }

    @Test
    void explainKnowsTheFieldsOfBuiltInKinds() {
        assertThat(api.kubectl()
                        .run("explain", "sts.spec.template.spec.containers")
                        .succeeds())
                .contains("FIELD: containers <[]Object>", "readinessProbe\t<Object>", "image\t<string>");
        assertThat(api.kubectl().run("explain", "pod.metadata").succeeds()).contains("ownerReferences\t<[]Object>");
    }

    @Test
    void unaggregatedDiscoverySaysTheSame() {
        var groups = Json.object(api.get("/apis").body());
        var apps = Json.object(api.get("/apis/apps/v1").body());

        assertThat(groups.at("/groups"))
                .extracting(group -> group.path("name").asText())
                .contains("apps", "policy");
        assertThat(apps.at("/resources"))
                .extracting(resource -> resource.path("name").asText())
                .containsExactly("controllerrevisions", "statefulsets", "statefulsets/scale", "statefulsets/status");
    }

    @Test
    void healthAndVersionAreServed() {
        for (String path : Map.of("/livez", "", "/readyz", "", "/healthz", "").keySet()) {
            assertThat(api.get(path).body()).isEqualTo("ok");
        }
        assertThat(Json.object(api.get("/version").body()).path("major").asText())
                .isEqualTo("1");
    }

    @Test
    void everythingIsAllowed() {
        assertThat(api.kubectl().run("auth", "can-i", "delete", "pods").succeeds())
                .isEqualTo("yes\n");
        assertThat(api.kubectl().run("auth", "can-i", "--list").succeeds()).contains("*.*");
    }
}
