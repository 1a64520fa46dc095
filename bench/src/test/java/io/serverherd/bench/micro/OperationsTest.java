package io.serverherd.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Each benchmark for a moment: that it runs, and what it leaves on the heap. */
class OperationsTest {
    /** What the harness allocates in so short a time, by the operations of that time. */
    private static final double NEXT_TO_NOTHING = 4;

    static List<Class<?>> hot() {
        return Operations.HOT;
    }

    static List<Class<?>> others() {
        return Operations.OTHERS;
    }

    @BeforeAll
    static void letOthersMeasureToo() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @MethodSource("hot")
    void theHotPathAllocatesNothing(Class<?> benchmarks) throws RunnerException {
        assertThat(Operations.tried(benchmarks)).isNotEmpty().allSatisfy(result -> assertThat(
                        Operations.allocated(result))
                .as(result.getParams().getBenchmark())
                .isLessThan(NEXT_TO_NOTHING));
    }

    @ParameterizedTest
    @MethodSource("others")
    void theOthersRun(Class<?> benchmarks) throws RunnerException {
        Collection<RunResult> results = Operations.tried(benchmarks);

        assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(
                        result.getPrimaryResult().getScore())
                .isPositive());
    }

    @Test
    void everyBenchmarkIsAmongThem() {
        assertThat(Stream.concat(hot().stream(), others().stream()))
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder("Parsing", "Replying", "Storing", "Flooding", "Reconciling");
    }
}
