import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;

/**
 * Makes Maven's list of an image's parts the image's: without native code of other architectures, and with what Maven
 * doesn't know of, the Java run time and the base image. images/build runs it from source, with the image's own Jackson.
 */
final class Sbom {
    private Sbom() {}

    /** sbom.json, the architecture as in linux-x86_64, the JDK's file release, the base image's name, and its digest. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        ObjectMapper json = new ObjectMapper();
        ObjectNode sbom = (ObjectNode) json.readTree(file.toFile());

        Set<String> absent = dropOtherArchitectures((ArrayNode) sbom.get("components"), args[1]);
        dropReferences((ArrayNode) sbom.get("dependencies"), absent);
        addRuntime((ArrayNode) sbom.get("components"), Path.of(args[2]));
        addBase((ArrayNode) sbom.get("components"), args[3], args[4]);

        Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(sbom) + "\n");
    }

    private static Set<String> dropOtherArchitectures(ArrayNode components, String architecture) {
        Set<String> dropped = new HashSet<>();
        for (int i = components.size() - 1; i >= 0; i--) {
            String reference = components.get(i).path("bom-ref").asText();
            if (reference.contains("classifier=linux-") && !reference.contains("classifier=" + architecture + "&")) {
                components.remove(i);
                dropped.add(reference);
            }
        }
        return dropped;
    }

    private static void dropReferences(ArrayNode dependencies, Set<String> dropped) {
        for (int i = dependencies.size() - 1; i >= 0; i--) {
            JsonNode on = dependencies.get(i).get("dependsOn");
            if (dropped.contains(dependencies.get(i).path("ref").asText())) {
                dependencies.remove(i);
            } else if (on instanceof ArrayNode references) {
                for (int j = references.size() - 1; j >= 0; j--) {
                    if (dropped.contains(references.get(j).asText())) {
                        references.remove(j);
                    }
                }
            }
        }
    }

    private static void addRuntime(ArrayNode components, Path release) throws IOException {
        Properties jdk = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            jdk.load(reader);
        }
        ObjectNode runtime = components.addObject();
        runtime.put("type", "platform").put("bom-ref", "java");
        runtime.putObject("supplier").put("name", value(jdk, "IMPLEMENTOR"));
        runtime.put("name", "openjdk").put("version", value(jdk, "JAVA_RUNTIME_VERSION"));
    }

    private static String value(Properties jdk, String key) {
        return jdk.getProperty(key, "unknown").replace("\"", "");
    }

    private static void addBase(ArrayNode components, String name, String digest) {
        components.addObject().put("type", "container").put("bom-ref", "base").put("name", name).put("version", digest);
    }
}
