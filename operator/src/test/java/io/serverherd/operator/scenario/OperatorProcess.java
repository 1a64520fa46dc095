package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serverherd.local.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator as its users start it: the built jar, a kubeconfig, the environment. */
final class OperatorProcess implements OperatorUnderTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private OperatorProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static OperatorProcess start(Path kubeconfig, Map<String, String> environment) throws IOException {
        int port = FreePorts.some(1).get(0);
        Path log = Files.createTempFile("herd-operator-", ".log");
        ProcessBuilder builder = JavaProcesses.jar(
                        ProjectFiles.OPERATOR_JAR, ClassArchive.options(ProjectFiles.OPERATOR_JAR))
                .redirectOutput(new File(log.toString()));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("OPERATOR_HTTP_BIND", "127.0.0.1");
        builder.environment().put("OPERATOR_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        return new OperatorProcess(builder.start(), port, log);
    }

    @Override
    public OperatorProcess awaitReady() {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(OperatedCluster.PATIENCE)
                .failFast(() -> assertThat(process.isAlive())
                        .as("the operator runs; its log:\n%s", read())
                        .isTrue())
                .untilAsserted(() -> assertThat(get("/readyz"))
                        .as("operator readiness; its log:\n%s", read())
                        .startsWith("200 "));
        return this;
    }

    /** Such as {@code 200 ok}; 0 where nobody answers. */
    String get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().stripTrailing();
        } catch (IOException notListening) {
            return "0";
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has logged so far. */
    String read() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void stop() throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(10, TimeUnit.SECONDS);
        kill();
        assertThat(ended)
                .as("ended of itself within the grace a pod has; its log:\n%s", read())
                .isTrue();
    }
}
