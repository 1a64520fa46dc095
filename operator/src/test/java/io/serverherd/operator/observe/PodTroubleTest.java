package io.serverherd.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTroubleTest {
    private final KubernetesSerialization yaml = new KubernetesSerialization();

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                  |",
                "{state: {running: {}}, ready: true}                                 |",
                "{state: {running: {}}, ready: false}                                |",
                "{state: {waiting: {reason: ContainerCreating}}}                     |",
                "{state: {waiting: {reason: ErrImagePull, message: 'rpc error'}}, image: x:1}         | ImagePullBackOff: image x:1 can't be pulled",
                "{state: {waiting: {reason: ImagePullBackOff, message: 'Back-off'}}, image: x:1}      | ImagePullBackOff: image x:1 can't be pulled",
                "{state: {waiting: {reason: CreateContainerConfigError, message: 'no  such   file'}}} | CreateContainerConfigError: no such file",
                "{restartCount: 1, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 2, reason: Error}}} | CrashLoopBackOff: the server ended with code 2 (Error)",
                "{restartCount: 4, state: {running: {}}, lastState: {terminated: {exitCode: 2, reason: Error}}} | CrashLoopBackOff: the server ended with code 2 (Error)",
                "{restartCount: 4, state: {terminated: {exitCode: 2, reason: Error}}}                           | CrashLoopBackOff: the server ended with code 2 (Error)",
                "{restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}} | Restarted: the server ended with code 137 (OOMKilled)",
                "{restartCount: 4, ready: true, state: {running: {}}, lastState: {terminated: {exitCode: 2}}}   |",
            })
    void aContainersTroubleIsSaidTheSameWayAsLongAsItLasts(String container, String trouble) {
        Pod pod = pod("containerStatuses: [" + container + "]");

        assertThat(PodTrouble.of(pod)).isEqualTo(Optional.ofNullable(trouble));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/1 nodes fit}] | Unschedulable: 0/1 nodes fit",
                "conditions: [{type: PodScheduled, status: 'True'}]                                                 |",
                "--- {phase: Failed, reason: Evicted, message: the node was low on memory}                              | Evicted: the node was low on memory",
            })
    void aPodThatGotNoPlaceSaysWhy(String status, String trouble) {
        assertThat(PodTrouble.of(pod(status))).isEqualTo(Optional.ofNullable(trouble));
    }

    private Pod pod(String status) {
        Pod pod = new PodBuilder().withNewMetadata().endMetadata().build();
        pod.setStatus(yaml.unmarshal(status, PodStatus.class));
        return pod;
    }
}
