package io.serverherd.local.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Specs of pods; what a real server makes of whole objects is in the recordings. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', textBlock = """
            {"containers":[{"name":"a","image":"1"}]} | {"containers":[{"name":"a","image":"2"}]} | {"containers":[{"name":"a","image":"2"}]}
            {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"b","image":"2"}]} | {"containers":[{"name":"a"},{"name":"b","image":"2"}]}
            {"containers":[{"name":"a"}]} | {"containers":[{"name":"new"}]} | {"containers":[{"name":"new"},{"name":"a"}]}
            {"containers":[{"name":"a"}]} | {"$setElementOrder/containers":[{"name":"a"},{"name":"new"}],"containers":[{"name":"new"}]} | {"containers":[{"name":"a"},{"name":"new"}]}
            {"containers":[{"name":"a"},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]} | {"containers":[{"name":"b"},{"name":"a"}]}
            {"containers":[{"name":"a"},{"name":"x"},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]} | {"containers":[{"name":"x"},{"name":"b"},{"name":"a"}]}
            {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"a","$patch":"delete"}]} | {"containers":[{"name":"b"}]}
            {"containers":[{"name":"a"}]} | {"containers":[{"$patch":"replace"},{"name":"b"}]} | {"containers":[{"name":"b"}]}
            {"containers":[{"name":"a","env":[{"name":"E","value":"1"}]}]} | {"containers":[{"name":"a","env":[{"name":"E","value":null,"valueFrom":{"fieldRef":{"fieldPath":"x"}}}]}]} | {"containers":[{"name":"a","env":[{"name":"E","valueFrom":{"fieldRef":{"fieldPath":"x"}}}]}]}
            {"tolerations":[{"key":"a"}]} | {"tolerations":[{"key":"b"}]} | {"tolerations":[{"key":"b"}]}
            {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"b":"2"}} | {"nodeSelector":{"a":"1","b":"2"}}
            {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"$patch":"replace","b":"2"}} | {"nodeSelector":{"b":"2"}}
            {"nodeSelector":{"a":"1"},"hostNetwork":true} | {"nodeSelector":{"$patch":"delete"}} | {"hostNetwork":true}
            {"volumes":[{"name":"v","emptyDir":{}}]} | {"volumes":[{"$retainKeys":["name","secret"],"name":"v","secret":{"secretName":"s"}}]} | {"volumes":[{"name":"v","secret":{"secretName":"s"}}]}
            {"containers":[{"name":"a","ports":[{"containerPort":1,"protocol":"TCP"}]}]} | {"containers":[{"name":"a","ports":[{"containerPort":1,"name":"p"}]}]} | {"containers":[{"name":"a","ports":[{"containerPort":1,"protocol":"TCP","name":"p"}]}]}
            {} | {"securityContext":{"runAsUser":1,"runAsGroup":null}} | {"securityContext":{"runAsUser":1}}
            {"hostNetwork":true} | {"hostNetwork":null} | {}
            """)
    void patchesThePodSpec(String live, String patch, String expected) throws JsonProcessingException {
        ObjectNode pod = pod(live);

        ObjectNode patched = StrategicMergePatch.apply(MergeType.builtIn("v1", "Pod"), pod, pod(patch));

        assertThat((Object) patched).isEqualTo(pod(expected));
        assertThat((Object) pod).as("live untouched").isEqualTo(pod(live));
    }

    private static ObjectNode pod(String spec) throws JsonProcessingException {
        ObjectNode pod = JSON.createObjectNode();
        pod.set("spec", JSON.readTree(spec));
        return pod;
    }
}
