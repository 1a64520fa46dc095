package io.serverherd.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which right each request needs, and what happens without it. */
class AccessTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}""";

    private final List<Access> asked = new CopyOnWriteArrayList<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

    @RegisterExtension
    final TestApi api = new TestApi(PodRuntime.NONE, access -> {
        asked.add(access);
        return !forbidden.contains(access.verb());
    });

    @BeforeEach
    void forgetWhatTheServerNeeds() {
        asked.clear();
    }

    @Test
    void everyRequestIsAVerbOnAResource() {
        api.send("POST", MAPS, "application/json", MAP);
        api.get(MAPS + "/a");
        api.get("/api/v1/configmaps");
        api.send("PUT", MAPS + "/a", "application/json", MAP);
        api.send("PATCH", MAPS + "/a", "application/merge-patch+json", "{}");
        api.get("/apis/apps/v1/namespaces/default/statefulsets/s/scale");
        api.send("DELETE", MAPS + "/a", "", "");
        api.send("DELETE", MAPS, "", "");

        assertThat(asked)
                .extracting(access -> "%s %s %s/%s %s"
                        .formatted(access.verb(), access.group(), access.resource(), access.namespace(), access.name()))
                .containsExactly(
                        "create  configmaps/default ",
                        "get  configmaps/default a",
                        "list  configmaps/ ",
                        "update  configmaps/default a",
                        "patch  configmaps/default a",
                        "get apps statefulsets/scale/default s",
                        "delete  configmaps/default a",
                        "deletecollection  configmaps/default ");
        assertThat(asked).extracting(Access::agent).containsOnly("Java-http-client");
    }

    @Test
    void whoAppliesWhatIsNotThereCreatesIt() {
        apply(MAP);
        apply(MAP);

        assertThat(asked).extracting(Access::verb).containsExactly("patch", "create", "patch");
    }

    @Test
    void aStatusMakesNoObject() {
        String status = "{apiVersion: v1, kind: Pod, metadata: {name: a}}";

        assertThat(api.send(
                                "PATCH",
                                "/api/v1/namespaces/default/pods/a/status?fieldManager=test",
                                "application/apply-patch+yaml",
                                status)
                        .statusCode())
                .isEqualTo(404);

        assertThat(asked).extracting(Access::verb).containsExactly("patch");
    }

    @Test
    void whoHoldsUpAnOwnersDeletionUpdatesItsFinalizers() {
        apply("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "ownerReferences": [
                  {"apiVersion": "v1", "kind": "Secret", "name": "o", "uid": "1", "blockOwnerDeletion": true},
                  {"apiVersion": "v1", "kind": "Service", "name": "p", "uid": "2"}]}}""");

        assertThat(asked)
                .extracting(access -> access.verb() + " " + access.resource())
                .contains("update secrets/finalizers")
                .doesNotContain("update services/finalizers");
    }

    @Test
    void whatIsNotAllowedIsForbiddenAndNotDone() {
        forbidden.add("create");

        HttpResponse<String> answer = apply(MAP);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("configmaps \\\"a\\\" is forbidden: User \\\"Java-http-client\\\" cannot create resource"
                        + " \\\"configmaps\\\" in API group \\\"\\\" in the namespace \\\"default\\\"");
        assertThat(api.get(MAPS + "/a").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> apply(String object) {
        return api.send("PATCH", MAPS + "/a?fieldManager=test", "application/apply-patch+yaml", object);
    }

    @Test
    void whoAsksIsToldWhatTheRulesSay() {
        forbidden.add("delete");

        assertThat(review("delete")).contains("\"allowed\":false");
        assertThat(review("list")).contains("\"allowed\":true");
        assertThat(asked)
                .extracting(access ->
                        access.verb() + " " + access.group() + " " + access.resource() + " " + access.namespace())
                .containsExactly("delete apps statefulsets/scale prod", "list apps statefulsets/scale prod");
    }

    private String review(String verb) {
        return api.send(
                        "POST",
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "application/json",
                        """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": {
                 "verb": "%s", "group": "apps", "resource": "statefulsets", "subresource": "scale", "namespace": "prod"}}}""".formatted(verb))
                .body();
    }
}
