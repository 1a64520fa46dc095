package io.serverherd.node.places;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serverherd.node.config.PlacesConfig.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One question and what becomes of it, as a file in {@code src/test/resources/places}. They are made by hand after Google's
 * public reference of both APIs; each asks for 2 results within 10 km of +34.068930-118.445127.
 *
 * <pre>
 * api: New                how Google is asked
 * delivery: whole         how its answer comes: see {@link Delivery}
 * outcome: request_denied as the metric's label
 * --- request             what it must have been sent; of the headers those that are listed
 * --- answer              what it answers
 * --- reply               what the client gets behind its AT line
 * </pre>
 */
public record RecordedExchange(
        String name, Api api, Delivery delivery, Outcome outcome, String request, String answer, String reply) {
    private static final Path FOLDER = Path.of("src/test/resources/places");

    /** How an answer comes. */
    public enum Delivery {
        WHOLE,
        CHUNKED,
        /** In pieces, some tens of milliseconds between them. */
        SLOW,
        /** Compressed, although nobody has asked for it. */
        GZIP,
        /** The connection ends in the middle of it. */
        TRUNCATED,
        /** Not at all, and the connection stays. */
        HANGS,
        /** Half of it, and the connection stays. */
        HANGS_WITHIN
    }

    public static Stream<RecordedExchange> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> inOrder = files.sorted().toList();
            return inOrder.stream().map(RecordedExchange::read);
        }
    }

    public static RecordedExchange named(String name) {
        return read(FOLDER.resolve(name + ".txt"));
    }

    private static RecordedExchange read(Path file) {
        String[] parts;
        try {
            parts = Files.readString(file).split("--- (request|answer|reply)\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new RecordedExchange(
                file.getFileName().toString().replace(".txt", ""),
                Api.valueOf(header("api", parts[0])),
                Delivery.valueOf(header("delivery", parts[0]).replace('-', '_')),
                Outcome.valueOf(header("outcome", parts[0])),
                parts[1].stripTrailing(),
                parts[2],
                parts[3].stripTrailing() + "\n\n");
    }

    private static String header(String name, String head) {
        return head.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).toUpperCase(Locale.ROOT))
                .findFirst()
                .orElseThrow();
    }

    /** Status line and headers of the answer, without framing. */
    List<String> answerHead() {
        return answer.substring(0, answer.indexOf("\n\n")).lines().toList();
    }

    byte[] answerBody() {
        return answer.substring(answer.indexOf("\n\n") + 2).stripTrailing().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
