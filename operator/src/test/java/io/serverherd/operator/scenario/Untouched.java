package io.serverherd.operator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers that nothing befalls: their processes and the links between them.
 *
 * @param befallen the server that something does befall; empty: none
 */
record Untouched(HerdUnderTest herd, String befallen, Map<String, String> processes, Map<String, String> links) {

    static Untouched all(HerdUnderTest herd) {
        return allBut("", herd);
    }

    static Untouched allBut(String befallen, HerdUnderTest herd) {
        return new Untouched(herd, befallen, processes(befallen, herd), links(befallen, herd));
    }

    private static Map<String, String> processes(String befallen, HerdUnderTest herd) {
        Map<String, String> processes = new LinkedHashMap<>();
        herd.servers().stream()
                .filter(server -> !server.name().equals(befallen))
                .forEach(server -> processes.put(server.name(), server.process()));
        return processes;
    }

    private static Map<String, String> links(String befallen, HerdUnderTest herd) {
        Map<String, String> links = new LinkedHashMap<>();
        for (ServerUnderTest server : herd.servers()) {
            if (!server.name().equals(befallen)) {
                linksOf(server).forEach((peer, since) -> links.put(server.name() + ">" + peer, since));
            }
        }
        links.keySet().removeIf(link -> link.endsWith(">" + befallen));
        return links;
    }

    /** A way to a pod through an API server may break before an answer came. */
    private static Map<String, String> linksOf(ServerUnderTest server) {
        return await().atMost(OperatedCluster.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(server::links, links -> true);
    }

    /** Tells the first of them of a client, and asks the others; returns the record. */
    String assertThatTheyServe() throws IOException {
        List<String> names = List.copyOf(processes.keySet());
        Instant now = Instant.now();
        String record = herd.server(names.get(0))
                .says("IAMAT kiwi +34.0-118.0 %d.%09d".formatted(now.getEpochSecond(), now.getNano()))
                .stripTrailing();
        assertThat(record).startsWith("AT " + names.get(0) + " ");
        for (String name : names) {
            await().atMost(OperatedCluster.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(herd.server(name).whereIs("kiwi")).isEqualTo(record));
        }
        return record;
    }

    void assertThatTheyAreAsTheyWere() {
        assertThat(processes(befallen, herd)).isEqualTo(processes);
        assertThat(links(befallen, herd)).isEqualTo(links);
    }
}
