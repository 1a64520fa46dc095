package io.serverherd.local.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of the built-in kinds, from {@code merge-types.txt}, whose head explains the notation. */
final class MergeTypeTable {

    private static final Map<String, Row> ROWS = read();
    private static final Row PLAIN = new Row("", List.of());
    private static final Row METADATA = new Row("ObjectMeta", List.of("always"));

    private MergeTypeTable() {}

    static MergeType ofKind(String apiVersion, String kind) {
        boolean otherEvent = kind.equals("Event") && apiVersion.startsWith("events.k8s.io/");
        return new Row(otherEvent ? "events.Event" : kind, List.of("kind"));
    }

    static MergeType metadata() {
        return METADATA;
    }

    static MergeType plain() {
        return PLAIN;
    }

    private static Map<String, Row> read() {
        Map<String, Row> rows = new HashMap<>();
        try (InputStream in = MergeTypeTable.class.getResourceAsStream("merge-types.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        List<String> words = Arrays.asList(line.split("\\s+"));
                        boolean typed = Character.isUpperCase(words.get(1).charAt(0));
                        rows.put(
                                words.get(0),
                                new Row(typed ? words.get(1) : "", words.subList(typed ? 2 : 1, words.size())));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(rows);
    }

    /** One line of the table. */
    private static final class Row implements MergeType {

        private final String type;
        private final boolean isKind;
        private final boolean atomic;
        private final boolean atomicItems;
        private final boolean free;
        private final boolean always;
        private final ListKind listKind;
        private final List<String> keys;
        private final Map<String, JsonNode> keyDefaults = new HashMap<>();
        private final String patchKey;

        Row(String type, List<String> words) {
            this.type = type;
            this.isKind = words.contains("kind");
            this.atomic = words.contains("atomic");
            this.atomicItems = words.contains("atomicItems");
            this.free = words.contains("free");
            this.always = words.contains("always");
            String map = argument(words, "map");
            this.listKind = map != null ? ListKind.MAP : words.contains("set") ? ListKind.SET : ListKind.ATOMIC;
            List<String> names = new ArrayList<>();
            for (String key : map == null ? new String[0] : map.split(",")) {
                String[] nameAndDefault = key.split("=");
                names.add(nameAndDefault[0]);
                if (nameAndDefault.length > 1) {
                    keyDefaults.put(nameAndDefault[0], JsonNodeFactory.instance.textNode(nameAndDefault[1]));
                }
            }
            this.keys = List.copyOf(names);
            this.patchKey = argument(words, "patch");
        }

        /** What is in the brackets behind a word, or null when the word is not there. */
        private static String argument(List<String> words, String word) {
            return words.stream()
                    .filter(candidate -> candidate.startsWith(word + "("))
                    .map(found -> found.substring(word.length() + 1, found.length() - 1))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String shape() {
            return listKind == ListKind.ATOMIC ? null : "list";
        }

        @Override
        public boolean dropsNulls() {
            return true;
        }

        @Override
        public boolean isAtomicMap() {
            return atomic;
        }

        @Override
        public ListKind listKind() {
            return listKind;
        }

        @Override
        public List<String> listKeys() {
            return keys;
        }

        @Override
        public JsonNode keyDefault(String key) {
            return keyDefaults.get(key);
        }

        @Override
        public MergeType items() {
            return new Row(type, atomicItems ? List.of("atomic") : List.of());
        }

        @Override
        public MergeType field(String name) {
            if (free) {
                return items();
            }
            if (isKind && name.equals("metadata")) {
                return METADATA;
            }
            return ROWS.getOrDefault(type + "." + name, PLAIN);
        }

        @Override
        public boolean names(String field) {
            return !free;
        }

        @Override
        public boolean alwaysThere() {
            return always;
        }

        @Override
        public String patchKey() {
            return patchKey;
        }
    }
}
