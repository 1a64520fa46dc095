package io.serverherd.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntimeFactory;
import io.serverherd.operator.api.ServerHerd;
import io.serverherd.operator.status.RecordedHerds;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expressions of Flux's example, evaluated in the order its documentation gives: another generation, failed, current. */
class FluxHealthTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ServerHerd> RECORDED = RecordedHerds.all();

    @ParameterizedTest
    @CsvSource({
        "new,           InProgress",
        "coming-up,     InProgress",
        "unschedulable, InProgress",
        "failing,       Failed",
        "ready,         Current",
        "edited,        InProgress",
        "rewiring,      InProgress",
        "edge-down,     InProgress",
        "applying,      InProgress",
        "rolling,       InProgress",
        "server-lost,   InProgress",
        "key-missing,   Current",
        "name-taken,    Failed",
        "api-refuses,   InProgress",
        "spec-refused,  Failed",
        "paused,         Current",
        "paused-waiting, Failed",
    })
    void aHerdIsCurrentOrFailedOnlyWhenItIs(String situation, Kstatus expected) throws Exception {
        JsonNode herd = JSON.valueToTree(RECORDED.get(situation));

        assertThat(health(herd)).isEqualTo(expected);
    }

    private static Kstatus health(JsonNode herd) throws Exception {
        JsonNode expressions = GitOpsFiles.yamls("flux/campus.yaml").get(1).at("/spec/healthCheckExprs/0");
        if (!herd.at("/status/observedGeneration").equals(herd.at("/metadata/generation"))) {
            return Kstatus.InProgress;
        }
        if (holds(expressions.path("failed").asText(), herd)) {
            return Kstatus.Failed;
        }
        return holds(expressions.path("current").asText(), herd) ? Kstatus.Current : Kstatus.InProgress;
    }

    private static boolean holds(String expression, JsonNode herd) throws Exception {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("status", SimpleType.DYN)
                .build();
        CelAbstractSyntaxTree tree = compiler.compile(expression).getAst();
        Map<String, Object> status = JSON.convertValue(herd.path("status"), new TypeReference<>() {});
        return (Boolean) CelRuntimeFactory.standardCelRuntimeBuilder()
                .build()
                .createProgram(tree)
                .eval(Map.of("status", status));
    }
}
